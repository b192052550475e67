import { expect, test } from 'vitest';
import type { Coverage } from '../commands/coverage.ts';
import { coverageLines } from './lines.ts';

const seen = { method: 'GET', answers: {}, undocumented: { answers: [], keys: [] } };

const coverage: Coverage = {
  requirements: { total: 0, automatic: 0, partly: 0, manual: 0, uncovered: [] },
  operations: {
    run: 'runs/1',
    total: 3,
    exercised: 1,
    validated: 1,
    declared: 1,
    unexplained: ['c'],
    list: [
      { ...seen, operation: 'a', path: '/a', state: 'exercised', undocumented: { answers: ['418'], keys: ['/tee'] } },
      { ...seen, operation: 'b', path: '/b', state: 'notApplicable', reason: 'Schalter aus' },
      { ...seen, operation: 'c', path: '/c', state: 'unexplained', missing: ['error'] },
    ],
  },
  rows: {
    total: 2,
    built: 1,
    builtIn: 0,
    elsewhere: 1,
    leftOut: 0,
    notBuilt: [],
    unexplained: [],
    list: [
      { row: 'halb', group: 'G', needs: 'R0', state: 'built', checks: ['conformance.g.halb'], missing: 'Der Rest.' },
      { row: 'anderswo', group: 'G', needs: 'R0', state: 'elsewhere', family: 'load' },
    ],
  },
  encryption: {
    rows: [{ name: 'e2e-basic', state: 'built', checks: ['encryption.messages.message-exchange'] }],
    attacks: [{ name: '16', title: 'Inhalte greifen an.', state: 'leftOut', reason: 'Kein Client' }],
    requirements: [],
    tests: [{ name: 'TestOne', state: 'unexplained' }],
    pairs: [{ name: 'node–element, messages', title: 'Nachrichten', state: 'leftOut', reason: 'Kein Client' }],
    places: [{ name: 'Redis', state: 'leftOut', reason: 'Bewahrt nichts auf' }],
    stale: ['e2e-group'],
  },
  attacks: { total: 1, built: 0, notBuilt: [{ attack: '16', reason: 'Kein Client' }] },
  scenarios: { total: 0, built: 0 },
};

const textOf = (all: boolean) => coverageLines(coverage, [], { all }).join('\n');

test('what needs nobody is counted, what is missing is named', () => {
  const text = textOf(false);
  expect(text).toContain('GET /c – es fehlt: ein Fehler');
  expect(text).toContain('erklärt: 1 abgeschaltet (einzeln: --all)');
  expect(text).toContain('nicht beschrieben: 2 Antworten und Schlüssel (einzeln: --all)');
  expect(text).toContain('1 gebaut (davon 1 nicht ganz)');
  expect(text).toContain('halb – gebaut, es fehlt: Der Rest.');
  expect(text).toContain('16 Inhalte greifen an. – ausgelassen: Kein Client');
  expect(text).toContain('TestOne – offen');
  expect(text).toContain('node–element, messages Nachrichten – ausgelassen: Kein Client');
  expect(text).toContain('Redis – ausgelassen: Bewahrt nichts auf');
  expect(text).toContain('e2e-group – ein Grund steht da');
  for (const folded of ['/a', '/b', 'Schalter aus', 'anderswo', 'message-exchange']) expect(text).not.toContain(folded);
});

test('everything is named where all is asked for', () => {
  const text = textOf(true);
  for (const named of [
    'GET /a – ausgeübt',
    'GET /b – abgeschaltet: Schalter aus',
    'anderswo – Familie load',
    'e2e-basic – encryption.messages',
  ])
    expect(text).toContain(named);
  expect(text).toContain('nicht dokumentierte Antwort: 418');
});
