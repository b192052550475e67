import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judgeLoad } from '../load/generator/judge-load.ts';
import { type K6Options, runK6 } from '../load/generator/k6-process.ts';
import { loadFindings } from '../load/generator/load-findings.ts';
import { createTally, enterRecord } from '../load/generator/tally.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { until } from './lib/pruefstand.ts';
import { freePort } from './load/free-port.ts';
import { loadRunFrom, prepareSmallLoad, processesIn, secretToken, visibleTextOf } from './load/small-load.ts';

const { k6 = '' } = toolsHere();
const missing = requireParts({ k6: toolsHere().k6 });
/** Nobody listens there. */
const nowhere = `http://127.0.0.1:${await freePort()}`;

describe.skipIf(missing !== undefined)(missing === undefined ? 'k6' : `k6 (${missing})`, () => {
  test('a script that throws in every iteration exits with 0 and is not green', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const script = join(load.folder, 'throwing.js');
    await writeFile(
      script,
      'export const options = { iterations: 20 }; export default () => { throw new Error("no"); };',
    );
    const { outcome, run } = await judged({ ...load.options, script });
    expect(run.processes[0]?.exitCode).toBe(0);
    expect(outcome).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining('k6 meldete: Error: no') });
  });

  test('people without a row in the table are told as crashed', async () => {
    await using load = await prepareSmallLoad(k6, nowhere, 3);
    const { outcome } = await judged(load.options);
    expect(outcome).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining('RangeError: no user 3') });
  });

  test('a homeserver that nobody reaches is found, with the reason', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const findings = loadFindings((await judged(load.options)).run);
    const codes = findings.map(({ code }) => code);
    expect(codes).toEqual(['never-online', 'message-not-accepted', 'requests-failed']);
    expect(JSON.stringify(findings)).toContain('sync connection');
  });

  test('a k6 that is killed makes the run inconclusive', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const running = judged(load.options);
    const [pid = 0] = await started(load.folder);
    process.kill(pid, 'SIGKILL');
    expect((await running).outcome).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('k6 endete vorzeitig (durch ein Signal)'),
    });
  });

  test('a k6 that takes too long is ended and the run inconclusive', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const { outcome } = await judged({ ...load.options, timeoutMs: 1_500 });
    expect(outcome).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('nicht rechtzeitig fertig'),
    });
    expect(processesIn(load.folder)).toEqual([]);
  });

  test('nobody on the machine can read an access token, and stopping leaves no process', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const stop = new AbortController();
    const running = runK6({ ...load.options, signal: stop.signal, onRecord: () => {} });
    const [pid = 0] = await started(load.folder);
    expect(visibleTextOf(pid)).toContain('PRUEFSTAND_USERS=');
    expect(visibleTextOf(pid)).not.toContain(secretToken);
    stop.abort();
    expect(await running).toMatchObject({ endedBy: 'stop' });
    expect(processesIn(load.folder)).toEqual([]);
  });

  test('k6 ends by itself when its owner is killed', async () => {
    await using load = await prepareSmallLoad(k6, nowhere);
    const script = fileURLToPath(new URL('load/k6-owner.ts', import.meta.url));
    const owner = spawn(process.execPath, [script, JSON.stringify(load.options)], { stdio: 'ignore' });
    const running = () => processesIn(load.folder).filter((pid) => pid !== owner.pid);
    await until('k6 runs', () => running().length > 0, 10_000);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await until('k6 is gone, well before its run would be over', () => running().length === 0, 3_000);
  });

  test('a program that is not there is told', async () => {
    await using load = await prepareSmallLoad('/nowhere/k6', nowhere);
    await expect(judged(load.options)).rejects.toMatchObject({ code: 'toolFailed' });
  });
});

async function judged(options: Omit<K6Options, 'signal' | 'onRecord'>) {
  const tally = createTally();
  const signal = new AbortController().signal;
  const ended = await runK6({ ...options, signal, onRecord: (record) => enterRecord(tally, record) });
  const run = loadRunFrom(ended, tally);
  return { run, outcome: judgeLoad(run) };
}

/** Ids of the k6 processes, once there are any. */
async function started(folder: string): Promise<number[]> {
  await until('k6 runs', () => processesIn(folder).length > 0, 10_000);
  return processesIn(folder);
}
