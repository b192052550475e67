import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalEvent } from '../../core/model/journal-entry.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import {
  checkFinished,
  exampleFinding,
  exampleOutcomes,
  exampleRunStarted,
  exampleTarget,
  plannedCheck,
  planWritten,
} from '../../core/testing/examples.ts';
import { changedAt, objectsWithin } from '../testing/objects-within.ts';
import { journalEntryProblems } from './journal-entry-problems.ts';

const measurements = { figures: { p95Ms: 1.5 }, series: [{ name: 'Kurve', unit: 'ms', points: [[0, 1]] as const }] };
const failed: Outcome = { kind: 'failed', findings: [{ ...exampleFinding, request: 'GET /' }], measurements };
const evidence = { name: 'Bild', mediaType: 'image/png', sha256: 'a'.repeat(64), sizeBytes: 1 };

// Whoever adds an event or an outcome to the model is asked for an example, with every optional key.
const events: { readonly [Type in JournalEvent['type']]: JournalEvent & { readonly type: Type } } = {
  runStarted: {
    ...exampleRunStarted,
    target: {
      ...exampleTarget,
      clientUrl: 'https://hs1.example/client',
      adminUrl: 'http://127.0.0.1:8008',
      caCertificates: 'ca.pem',
      proxyUrl: 'http://proxy.example:3128',
      permissions: {
        ...exampleTarget.permissions,
        mayStressMessagesPerSecond: 2.5,
        mayStressFrom: '2027-01-16T20:00:00+01:00',
        mayStressUntil: '2027-01-17T06:00:00+01:00',
      },
      absentComponents: [{ component: 'MAS', reason: 'fehlt', consequence: 'Kennwort' }],
    },
  },
  planWritten: {
    ...planWritten(plannedCheck('a', ['SI-01'], { spec: 'RFC 8996', decided: exampleOutcomes.notApplicable })),
    leftOut: ['load'],
  },
  checkStarted: { type: 'checkStarted', check: 'a', attempt: 1 },
  checkFinished: {
    ...checkFinished('a', failed),
    evidence: [{ ...evidence, file: `evidence/${evidence.sha256}.png` }],
  },
  accountsUsed: { type: 'accountsUsed', accounts: [{ userId: '@alice:hs1.example', kind: 'bench' }] },
  runFinished: { type: 'runFinished', durationMs: 12.5, interrupted: false },
};

const optionalKeys = new Set([
  'adminUrl',
  'caCertificates',
  'clientUrl',
  'decided',
  'mayStressFrom',
  'mayStressMessagesPerSecond',
  'mayStressUntil',
  'measurements',
  'proxyUrl',
  'request',
  'series',
  'spec',
]);
/** Maps from any name to a text or number. */
const openMaps = new Set(['figures', 'tools', 'versions']);

const entryWith = (event: JournalEvent): JournalEntry => ({
  number: 3,
  at: '2026-11-23T09:00:00.000Z',
  previous: '0'.repeat(64),
  event,
});

const examples = [
  ...Object.values(events).map((event) => [event.type, entryWith(event)] as const),
  ...Object.values<Outcome>({ ...exampleOutcomes, failed }).map(
    (outcome) => [`checkFinished, ${outcome.kind}`, entryWith(checkFinished('a', outcome))] as const,
  ),
];

describe('the schema of journal entries', () => {
  it.each(examples)('accepts %s', (_title, entry) => {
    expect(journalEntryProblems(entry)).toEqual([]);
  });

  it.each(examples)('refuses an unknown key anywhere in %s', (_title, entry) => {
    for (const { path } of objectsWithin(entry)) {
      const altered = changedAt(entry, path, (object) => {
        object['unknownKey'] = {};
      });
      expect(journalEntryProblems(altered), path.join('/')).not.toEqual([]);
    }
  });

  it.each(examples)('misses every key of %s but the optional ones', (_title, entry) => {
    for (const { path, keys } of objectsWithin(entry)) {
      for (const key of keys) {
        const isOptional = optionalKeys.has(key) || openMaps.has(String(path.at(-1)));
        const altered = changedAt(entry, path, (object) => delete object[key]);
        expect(journalEntryProblems(altered).length === 0, [...path, key].join('/')).toBe(isOptional);
      }
    }
  });

  it.each(examples)('refuses a value of another type anywhere in %s', (_title, entry) => {
    for (const { path, keys } of objectsWithin(entry)) {
      for (const key of keys) {
        const altered = changedAt(entry, path, (object) => {
          object[key] = null;
        });
        expect(journalEntryProblems(altered), [...path, key].join('/')).not.toEqual([]);
      }
    }
  });

  it.each([
    ['a failure without a finding', checkFinished('a', { kind: 'failed', findings: [] as never })],
    [
      'evidence outside its folder',
      changedAt(events.checkFinished, ['evidence', 0], (item) => {
        item['file'] = `evidence/../../${'a'.repeat(64)}.png`;
      }),
    ],
    [
      'a digest that is none',
      changedAt(events.checkFinished, ['evidence', 0], (item) => {
        item['sha256'] = 'A'.repeat(64);
      }),
    ],
    ['a plan for a requirement-less check', planWritten(plannedCheck('a', []))],
    ['an unknown family', planWritten(plannedCheck('a', ['SI-01'], { family: 'magic' as never }))],
  ])('refuses %s', (_title, event) => {
    expect(journalEntryProblems(entryWith(event))).not.toEqual([]);
  });
});
