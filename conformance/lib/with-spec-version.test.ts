import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { exampleTarget } from '../../core/testing/examples.ts';
import { type Scripted, scriptedSend } from './testing.ts';
import { withSpecVersion } from './with-spec-version.ts';

function benchAnswering(...answers: readonly Scripted[]) {
  const { send, requests } = scriptedSend(...answers);
  const bench = { target: exampleTarget, send } as unknown as Bench;
  return { bench, requests };
}

test('asks once and keeps the newest version the target advertises', async () => {
  const { bench, requests } = benchAnswering({ status: 200, json: { versions: ['r0.6.1', 'v1.11', 'v1.15'] } });
  const asked = await withSpecVersion(await withSpecVersion(bench));
  expect(asked.target.specVersion).toBe('1.15');
  expect(requests.map(({ url }) => url)).toEqual([`${exampleTarget.homeserverUrl}/_matrix/client/versions`]);
});

test.each<[string, Scripted]>([
  ['names none', { status: 200, json: { versions: [] } }],
  ['refuses', { status: 500, json: { errcode: 'M_UNKNOWN' } }],
])('holds a target that %s to the newest text', async (_, answer) => {
  const { bench } = benchAnswering(answer);
  expect((await withSpecVersion(bench)).target.specVersion).toBe('1.19');
});

test('leaves a target that does not answer to the checks', async () => {
  const { bench } = benchAnswering();
  const silent = { ...bench, send: () => Promise.reject(new RigError('targetUnreachable', 'nobody there')) };
  expect((await withSpecVersion(silent)).target.specVersion).toBe('1.19');
});
