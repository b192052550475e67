import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import type { ContextOptions } from '../model/family-runtime.ts';
import { type CheckOutcome, passed } from '../model/outcome.ts';
import { RigError } from '../model/rig-error.ts';
import { exampleFinding } from '../testing/examples.ts';
import { createBench, type Defect, recording } from './run-checks.fixture.ts';
import { closingLimitMs } from './run-checks.ts';

const failure: CheckOutcome = { kind: 'failed', findings: [exampleFinding] };
const never = new Promise<never>(() => undefined);

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('runCheck', () => {
  it('gives outcome, evidence and duration, closes the context and stops what still runs', async () => {
    const bench = createBench({});
    const result = await bench.start();
    expect(result).toEqual({ outcome: passed('gesehen'), evidence: [recording], durationMs: 0 });
    expect(bench.notes).toEqual(['opened', 'evidence asked, running', 'disposed']);
    expect(bench.aborted()).toEqual([true]);
    expect(bench.clock.waiting).toBe(0);
  });

  it('measures time by the clock it was given', async () => {
    const bench = createBench({
      run: async () => {
        bench.clock.advance(999);
        return passed('gesehen');
      },
    });
    expect((await bench.start()).durationMs).toBe(999);
  });

  it('hands seed and defect to the context', async () => {
    const seen: unknown[] = [];
    const run = async ({ seed, defect }: ContextOptions<Defect>) => {
      seen.push({ seed, defect });
      return passed('gesehen');
    };
    await createBench({ run }).start('silence');
    await createBench({ run }).start();
    expect(seen).toEqual([
      { seed: '1/policy.a', defect: 'silence' },
      { seed: '1/policy.a', defect: undefined },
    ]);
  });

  it('gives a check the time on top that the target made it wait, up to ten minutes', async () => {
    const held = (ms: number) =>
      createBench({
        run: (options) => {
          options.held?.(ms);
          return never;
        },
      });
    const waiting = held(5_000);
    const first = waiting.start();
    await turns();
    waiting.clock.advance(5_999);
    expect(waiting.aborted()).toEqual([false]);
    waiting.clock.advance(1);
    expect((await first).outcome).toMatchObject({ code: 'timeout' });
    const endless = held(Number.MAX_SAFE_INTEGER);
    const second = endless.start();
    await turns();
    endless.clock.advance(601_000);
    expect((await second).outcome).toMatchObject({ code: 'timeout' });
    expect(endless.clock.waiting).toBe(0);
  });

  it('ends a check that takes too long, tells it at once, and keeps its evidence', async () => {
    const bench = createBench({ run: () => never });
    const running = bench.start();
    await turns();
    bench.clock.advance(999);
    expect(bench.aborted()).toEqual([false]);
    bench.clock.advance(1);
    expect(bench.aborted()).toEqual([true]);
    expect(await running).toEqual({
      outcome: { kind: 'rigFault', code: 'timeout', message: 'kein Ergebnis innerhalb von 1000 ms' },
      evidence: [recording],
      durationMs: 1000,
    });
    expect(bench.notes).toEqual(['opened', 'evidence asked, stopped', 'disposed']);
  });

  it('ends a running check when the run is stopped', async () => {
    const bench = createBench({ run: () => never });
    const running = bench.start();
    await turns();
    bench.stopRun.abort();
    expect((await running).outcome).toMatchObject({ kind: 'rigFault', code: 'interrupted' });
    expect(bench.aborted()).toEqual([true]);
    expect(bench.notes).toContain('disposed');
  });

  it('stops listening to the run when the check has ended', async () => {
    const bench = createBench({});
    await bench.start();
    expect(getEventListeners(bench.stopRun.signal, 'abort')).toEqual([]);
  });

  it('opens nothing once the run is stopped', async () => {
    const bench = createBench({});
    bench.stopRun.abort();
    expect((await bench.start()).outcome).toEqual({
      kind: 'rigFault',
      code: 'interrupted',
      message: 'der Lauf wurde unterbrochen',
    });
    expect(bench.notes).toEqual([]);
    expect(bench.clock.waiting).toBe(0);
  });

  it.each([
    ['rejects', () => Promise.reject(new RigError('toolFailed', { de: 'Chromium endete\nmehr', en: 'chromium died' }))],
    [
      'throws at once',
      () => {
        throw new RigError('toolFailed', { de: 'Chromium endete', en: 'chromium died' });
      },
    ],
  ])('keeps the evidence of a check that %s, and tells why in German', async (_how, run) => {
    const result = await createBench({ run }).start();
    expect(result.outcome).toEqual({ kind: 'rigFault', code: 'toolFailed', message: 'Chromium endete' });
    expect(result.evidence).toEqual([recording]);
  });

  it('calls any other thrown value a defect and writes no token into the journal', async () => {
    const run = () => Promise.reject(new TypeError('bad https://hs1/x?access_token=geheim'));
    expect((await createBench({ run }).start()).outcome).toEqual({
      kind: 'rigFault',
      code: 'defect',
      message: 'bad https://hs1/x?access_token=«secret»',
    });
  });

  it('is a broken bench when the context does not open', async () => {
    const open = () => Promise.reject(new RigError('targetRefused', 'no account'));
    const bench = createBench({ open });
    expect((await bench.start()).outcome).toEqual({ kind: 'rigFault', code: 'targetRefused', message: 'no account' });
  });

  it('leaves open what needs an access nobody gave us, wherever it is noticed', async () => {
    const refuse = async () => {
      throw new RigError('accessMissing', { de: 'Es fehlt noch 1 Konto.', en: '1 account more needed.' });
    };
    const open = { kind: 'inconclusive', reason: 'Es fehlt noch 1 Konto.' };
    expect((await createBench({ run: refuse }).start()).outcome).toEqual(open);
    expect((await createBench({ open: refuse }).start()).outcome).toEqual(open);
  });

  it('closes a context that opens after its time is over', async () => {
    const late = Promise.withResolvers<void>();
    const bench = createBench({ open: () => late.promise });
    const running = bench.start();
    await turns();
    bench.clock.advance(1000);
    expect((await running).outcome).toMatchObject({ code: 'timeout' });
    expect(bench.notes).toEqual(['opened']);
    late.resolve();
    await turns();
    expect(bench.notes).toEqual(['opened', 'disposed']);
  });

  it.each([
    ['a failure without a finding', { kind: 'failed', findings: [] as never }],
    ['a figure that is no number', passed('gut', { figures: { p95Ms: Number.NaN } })],
    [
      'a curve with a hole',
      passed('gut', { figures: {}, series: [{ name: 'Kurve', unit: 'ms', points: [[0, Infinity]] }] }),
    ],
  ] as const)('takes %s for a defect of the bench', async (_what, outcome: CheckOutcome) => {
    const result = await createBench({ run: async () => outcome }).start();
    expect(result.outcome).toMatchObject({ kind: 'rigFault', code: 'defect' });
  });
});

describe('runCheck, when closing goes wrong', () => {
  const broken = () => Promise.reject(new RigError('toolFailed', { de: 'Kein Bild', en: 'no picture' }));
  const noted = (name: string): Evidence => ({ name, mediaType: 'text/plain', content: 'Kein Bild' });

  it('keeps a finding whose evidence is lost, and says so', async () => {
    const result = await createBench({ run: async () => failure, evidence: broken }).start();
    expect(result.outcome).toEqual(failure);
    expect(result.evidence).toEqual([noted('Störung beim Sichern der Nachweise')]);
  });

  it('lets nothing pass whose evidence is lost', async () => {
    const bench = createBench({ evidence: broken });
    expect((await bench.start()).outcome).toEqual({ kind: 'rigFault', code: 'toolFailed', message: 'Kein Bild' });
    expect(bench.notes).toContain('disposed');
  });

  it('keeps the first fault when evidence is lost as well', async () => {
    const run = () => Promise.reject(new RigError('targetUnreachable', 'no answer'));
    const result = await createBench({ run, evidence: broken }).start();
    expect(result.outcome).toMatchObject({ code: 'targetUnreachable' });
  });

  it('keeps what was found when cleaning up fails, and says so', async () => {
    const result = await createBench({ dispose: broken }).start();
    expect(result.outcome).toEqual(passed('gesehen'));
    expect(result.evidence).toEqual([recording, noted('Störung beim Aufräumen')]);
  });

  it('does not wait for ever for evidence or cleaning up', async () => {
    const bench = createBench({ evidence: () => never, dispose: () => never });
    const running = bench.start();
    await turns();
    bench.clock.advance(closingLimitMs);
    await turns();
    bench.clock.advance(closingLimitMs);
    const result = await running;
    expect(result.outcome).toMatchObject({ kind: 'rigFault', code: 'timeout' });
    expect(result.evidence.map(({ name }) => name)).toEqual([
      'Störung beim Sichern der Nachweise',
      'Störung beim Aufräumen',
    ]);
  });
});
