import { beforeAll, expect, test } from 'vitest';
import { check as whoamiCheck } from '../checks/acct/whoami.check.ts';
import { scriptedSend } from '../lib/testing.ts';
import type { Recording } from '../replay/recording.ts';
import { createTestBench, recordCheck } from '../replay/testing.ts';
import { chooseMutants, type MutationOptions, proveMutants } from './prove-mutants.ts';
import { survivorsPage } from './survivors-page.ts';

const body = { user_id: '@whoami:hs1.example', device_id: 'DEVICE', is_guest: false, 'org.example': { name: 'x' } };

let recording: Recording;

beforeAll(async () => {
  recording = await recordCheck(whoamiCheck, createTestBench(scriptedSend({ status: 200, json: body }).send));
});

const options = (more: Partial<MutationOptions> = {}): MutationOptions => ({
  recordings: [recording],
  budget: 1_000,
  seed: '1',
  signal: new AbortController().signal,
  ...more,
});

test('the same seed chooses the same lies, another seed others', () => {
  const few = (seed: string) => chooseMutants(options({ seed, budget: 10 }));
  expect(few('1')).toEqual(few('1'));
  expect(few('1')).toHaveLength(10);
  expect(few('1')).not.toEqual(few('2'));
});

test('a check that compares the answer notices what the specification constrains', async () => {
  const report = await proveMutants(options());
  expect(report.notReplayable).toEqual([]);
  expect(report.broken).toEqual({});
  expect(report.blind).toEqual([]);
  expect(report.constrained.rate).toBeGreaterThan(0.9);
  expect(report.excluded.byRule['unknown-key']).toBeGreaterThan(0);
  expect(report.constrained.mutants + report.excluded.total).toBe(report.mutants);
  expect(report.byKind['badBody']).toMatchObject({ rate: 1 });
  expect(report.overAll.byCheck).toEqual({ 'conformance.acct.whoami': report.all });
  expect(report.byKind['deletedKey']).toMatchObject({ survived: 0 });
  expect(report).toEqual(await proveMutants(options()));
  expect(survivorsPage(report)).toContain('| unknown-key |');
});

test('a recording that does not replay to its outcome is named and proves nothing', async () => {
  const other: Recording = { ...recording, outcome: { kind: 'passed', observed: 'something else' } };
  const report = await proveMutants(options({ recordings: [other] }));
  expect(report.notReplayable).toEqual(['conformance.acct.whoami']);
  expect(report.mutants).toBe(0);
});
