import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../core/system-clock.ts';
import { catalogueEntry, exampleTarget } from '../../core/testing/examples.ts';
import { JournalWriter } from '../../reports/journal/journal-writer.ts';
import { readJournal } from '../../reports/journal/read-journal.ts';
import type { AnyCheck, DiscoveredCheck } from '../discover.ts';
import type { AnyFamily } from '../families.ts';
import { runCampaign } from './campaign.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'campaign-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const entry = catalogueEntry('policy.one');
const check: AnyCheck = {
  meta: { ...entry.meta, timeoutMs: 1_000 },
  counterexamples: [{ title: 'Keines', defect: undefined, expectFinding: 'none' }],
  run: async () => ({ kind: 'passed', observed: 'Es gilt.' }),
};
const discovered: DiscoveredCheck = { ...entry, meta: check.meta, check };
const family: AnyFamily = {
  name: 'policy',
  folder: '.',
  suffix: '.check.ts',
  concurrency: 1,
  open: async () => ({
    contextFor: async () => ({
      context: undefined,
      evidence: async () => [{ name: 'Antwort', mediaType: 'text/plain', content: 'ja' }],
      [Symbol.asyncDispose]: async () => {},
    }),
    [Symbol.asyncDispose]: async () => {},
  }),
};

async function play(evidenceFolder: string, played: AnyFamily = family, times = 1): Promise<unknown> {
  using journal = new JournalWriter(join(folder, 'journal.ndjson'), systemClock);
  const accounts = {
    lease: () => Promise.reject(new Error('no account is needed')),
    leaseMany: () => Promise.reject(new Error('no account is needed')),
    login: () => Promise.reject(new Error('no account is needed')),
    session: () => Promise.reject(new Error('no account is needed')),
    release: async () => {},
    created: [],
  };
  const send = () => Promise.reject(new Error('nothing is sent'));
  return await runCampaign({
    bench: { target: exampleTarget, send, accounts, tools: {}, scratchDirectory: folder },
    journal,
    evidenceFolder,
    families: [{ family: played, checks: [discovered] }],
    catalogueSha256: '0'.repeat(64),
    seed: 1,
    times,
    known: new Map(),
    signal: new AbortController().signal,
    progress: { step: () => {}, checkDone: () => {} },
    concluded: new Set(),
  }).catch((thrown: unknown) => thrown);
}

const lastEvent = () => readJournal(join(folder, 'journal.ndjson')).entries.at(-1)?.event;

test('a run that comes to its end is journalled as whole', async () => {
  const evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  expect(await play(evidence)).toBeUndefined();
  expect(lastEvent()).toMatchObject({ type: 'runFinished', interrupted: false });
});

test('a run whose evidence can no longer be written does not pose as whole', async () => {
  expect(await play(join(folder, 'nowhere'))).toMatchObject({ code: 'storage' });
  expect(lastEvent()).toMatchObject({ type: 'runFinished', interrupted: true });
});

test('every attempt chooses anew, for the target remembers the one before', async () => {
  const seeds: string[] = [];
  const observed: AnyFamily = {
    ...family,
    open: async (bench) => {
      const runtime = await family.open(bench);
      return {
        ...runtime,
        contextFor: async (toRun, options) => {
          seeds.push(options.seed);
          return runtime.contextFor(toRun, options);
        },
      };
    },
  };
  const evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  await play(evidence, observed, 3);
  expect(seeds).toEqual(['1/policy.one', '1/policy.one/2', '1/policy.one/3']);
});
