import { expect, test } from 'vitest';
import type { CanarySighting, Search } from './matrix.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';

const control: CanarySighting = { kind: 'control', where: 'Tabelle rooms', forms: ['plain', 'base64', 'hex'] };
const reaction: CanarySighting = { kind: 'reaction', where: 'Tabelle event_json', forms: ['plain'] };
const leak: CanarySighting = { kind: 'poll', where: 'Tabelle event_json', forms: ['base64', 'hex'] };
const exceptions = [{ kind: 'reaction', places: ['database'], reason: 'Grund.', source: 'Quelle' }] as const;

const searchWith = (...sightings: CanarySighting[]): Search => ({
  place: 'database',
  sightings,
  searched: '9 Werte',
  unread: [],
});

const judged = (search: Search) => judgeSearch(search, [], exceptions);

test('only what is declared is open: passed, and it is told', () => {
  const outcome = judged(searchWith(control, reaction));
  expect(outcome).toMatchObject({ kind: 'passed', observed: expect.stringContaining('Offen wie bekannt: Reaktion.') });
});

test('anything else is one finding for each kind and place', () => {
  expect(judged(searchWith(control, reaction, leak, leak))).toMatchObject({
    kind: 'failed',
    findings: [{ code: 'canary-in-database', where: 'Umfrage: Tabelle event_json' }],
  });
});

test('a declared exception at another place is a finding there', () => {
  const outcome = judged({ ...searchWith(control, reaction), place: 'serverLog' });
  expect(outcome).toMatchObject({ kind: 'failed', findings: [{ code: 'canary-in-log' }] });
});

test('a declared exception that is closed now is told and speaks to no requirement', () => {
  expect(judged(searchWith(control))).toMatchObject({
    kind: 'failed',
    findings: [{ code: 'stale-exception', where: 'Reaktion: Datenbank', concerns: [] }],
    otherwise: { kind: 'passed' },
  });
});

test.each([
  ['the control word was not found', searchWith(reaction)],
  ['one form of the control word was not found', searchWith({ ...control, forms: ['plain', 'hex'] }, reaction)],
  ['the other side could not read it', { ...searchWith(control, reaction), unread: ['caption'] as const }],
])('a search says nothing where %s', (_title, search) => {
  expect(judged(search)).toMatchObject({ kind: 'inconclusive', reason: expect.stringMatching(/^void: /) });
});

test('the table leaves out what was put nowhere', () => {
  const { content } = matrixEvidence({ ...searchWith(control), kinds: ['draft'] });
  expect(String(content)).toContain('"Entwurf"');
  expect(String(content)).not.toContain('"Umfrage"');
});

test('the table tells every kind, how often in which form, and what it means', () => {
  const { content } = matrixEvidence(searchWith(control, reaction, leak), exceptions);
  const rows = String(content).split('\r\n');
  expect(rows).toContain('"Umfrage";"0";"0";"0";"1";"0";"1";"0";"0";"Befund";"Tabelle event_json"');
  expect(rows.find((row) => row.startsWith('"Reaktion"'))).toContain('bekannte Ausnahme: Grund. Quelle');
  expect(rows.find((row) => row.startsWith('"Kontrollwort"'))).toContain('gefunden, wie es sein muss');
  expect(rows.find((row) => row.startsWith('"Entwurf"'))).toContain('nirgends offen');
});
