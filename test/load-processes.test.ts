import { describe, expect, test } from 'vitest';
import { textIn } from '../core/model/text.ts';
import { judgeLoad } from '../load/generator/judge-load.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { k6Pids, playSegments, totalMessages } from './load/segments.ts';
import { startStub } from './load/stub-homeserver.ts';

const { k6 = '' } = toolsHere();
const missing = requireParts({ k6: toolsHere().k6 });

describe.skipIf(missing !== undefined)(missing === undefined ? 'k6 processes' : `k6 processes (${missing})`, () => {
  test('three of them carry the people as one would, and every poll is accounted for on both sides', async () => {
    await using stub = await startStub();
    const run = await playSegments({ k6, baseUrl: stub.baseUrl });
    const outcome = judgeLoad(run);
    expect(outcome, JSON.stringify(outcome)).toMatchObject({ kind: 'passed' });
    const { polls = 0, requests = 0, sent } = run.tally.counters;
    const counts = await stub.counts();
    expect(counts).toMatchObject({ received: polls, answered: polls, sends: totalMessages });
    expect(requests).toBe(polls + totalMessages);
    expect(sent).toBe(totalMessages);
    expect(new Set([...run.tally.vus.values()].map(({ process }) => process))).toEqual(new Set([1, 2, 3]));
  });

  test('one that is killed in the middle is named, and what was measured is kept', async () => {
    await using stub = await startStub();
    const told: string[] = [];
    let isKilled = false;
    const run = await playSegments({
      k6,
      baseUrl: stub.baseUrl,
      onProgress: (text) => told.push(textIn('en', text)),
      onTally: ({ counters }) => {
        if (isKilled || (counters.sent ?? 0) < 5) return;
        isKilled = true;
        process.kill(k6Pids().get(2) ?? 0, 'SIGKILL');
      },
    });
    const outcome = judgeLoad(run);
    expect(outcome).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('k6-Prozess 2 von 3 endete vorzeitig (durch ein Signal)'),
    });
    expect(outcome).toMatchObject({
      reason: expect.stringContaining('Von 4 der 12 simulierten Personen fehlt die Abrechnung'),
    });
    expect(told.filter((line) => line.includes('process 2 of 3 ended early'))).toHaveLength(1);
    expect(run.tally.users.size).toBe(8);
    expect(run.tally.histograms.delivery.totalCount).toBeGreaterThan(50);
  });

  test('a homeserver that dies in the middle is told within seconds; what came before is kept', async () => {
    await using stub = await startStub();
    const told: string[] = [];
    let sentBefore = 0;
    const run = await playSegments({
      k6,
      baseUrl: stub.baseUrl,
      // Three seconds without an answer are told, and k6 tells each second in the next.
      durationS: 10,
      onProgress: (text) => told.push(textIn('en', text)),
      onTally: ({ counters: { sent = 0 } }) => {
        if (sentBefore > 0 || sent < 5) return;
        sentBefore = sent;
        process.kill(stub.pid, 'SIGKILL');
      },
    });
    expect(told.some((line) => line.startsWith('The target answers no request any more'))).toBe(true);
    expect(judgeLoad(run)).toMatchObject({ kind: 'failed' });
    expect(run.tally.counters.sent).toBeGreaterThanOrEqual(sentBefore);
  });

  test('stopping ends all of them within two seconds and keeps what was measured', async () => {
    await using stub = await startStub();
    const stop = new AbortController();
    let stoppedAt = 0;
    const run = await playSegments({
      k6,
      baseUrl: stub.baseUrl,
      signal: stop.signal,
      onTally: ({ counters }) => {
        if ((counters.sent ?? 0) < 5 || stop.signal.aborted) return;
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
    expect(k6Pids().size).toBe(0);
    const outcome = judgeLoad(run);
    expect(outcome).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining('von Hand angehalten') });
    expect(outcome).toHaveProperty('measurements.figures.sent', run.tally.counters.sent);
  });

  test('a limit ends the run and is its finding', async () => {
    await using stub = await startStub();
    const abortOn = [{ figure: 'delivery-p95', limit: 0.5 }] as const;
    const run = await playSegments({ k6, baseUrl: stub.baseUrl, abortOn });
    expect(run.stopped).toMatchObject({ by: 'limit' });
    const outcome = judgeLoad(run);
    expect(outcome, JSON.stringify(outcome)).not.toHaveProperty('reason');
    expect(outcome).toMatchObject({ kind: 'failed', findings: [{ code: 'abort-limit-exceeded' }] });
  });
});
