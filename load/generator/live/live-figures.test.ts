import { expect, test } from 'vitest';
import { createTally, enterRecord } from '../tally.ts';
import { abortRulesFrom, watchRules } from './abort-rule.ts';
import { type LiveFigures, liveFigures } from './live-figures.ts';
import { watchSilence } from './target-silence.ts';

const scale = { users: 20, durationS: 60 };

function figuresAt(nowMs: number): LiveFigures {
  const tally = createTally();
  for (const process of [1, 2]) {
    enterRecord(tally, {
      type: 'second',
      process,
      vu: 1,
      number: 0,
      atMs: 7_500,
      online: 10,
      counters: { polls: 4, sends: 1, requests: 6 },
      errors: { 'sync 502': 1 },
      latencies: { delivery: [100, 29, 900, 1] },
    });
  }
  return liveFigures(tally, scale, nowMs);
}

test('the last whole second of all processes is told', () => {
  expect(figuresAt(9_600)).toMatchObject({
    second: 7,
    online: 20,
    pollsPerSecond: 8,
    sendsPerSecond: 2,
    failedPerSecond: 2,
    deliveryP95Ms: 100,
    deliverySamples: 60,
    failed: 2,
  });
});

test('old deliveries and too few of them give no percentile', () => {
  expect(figuresAt(40_000)).not.toHaveProperty('deliveryP95Ms');
  expect(figuresAt(40_000).online).toBe(0);
});

test('a limit ends a run when it is exceeded three seconds in a row', () => {
  const exceeded = watchRules(abortRulesFrom('delivery-p95=500,errors=50'));
  const slow = { ...figuresAt(9_600), deliveryP95Ms: 700 };
  const answers = [slow, slow, figuresAt(9_600), slow, slow, slow].map((figures) => exceeded(figures));
  expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }));
  expect(answers[5]).toBe(
    '95 von 100 Zustellungen brauchten bis zu 700 ms, erlaubt waren 500 ms (in Sekunde 7 der Messung).',
  );
});

test('the share of failed requests is a limit too', () => {
  const exceeded = watchRules(abortRulesFrom('errors=10'));
  const [, , third] = [1, 2, 3].map(() => exceeded(figuresAt(9_600)));
  expect(third).toMatch(/^17 % der Anfragen schlugen fehl, erlaubt waren 10 %/);
});

test.each(['delivery-p95', 'delivery-p95=', 'p95=3', 'errors=-1', 'errors=x', ''])('%j is no limit', (text) => {
  expect(() => abortRulesFrom(text)).toThrow('--abort-on takes delivery-p95=<milliseconds> and errors=<percent>');
});

test('a target that answers nothing any more is told once, and when it answers again', () => {
  const noticed = watchSilence();
  const good = figuresAt(9_600);
  const dead = { ...good, pollsPerSecond: 0, failedPerSecond: 4 };
  const waiting = { ...good, pollsPerSecond: 0, failedPerSecond: 0 };
  const told = [good, waiting, dead, dead, dead, dead, good, good].map((figures) => noticed(figures) !== undefined);
  expect(told).toEqual([false, false, false, false, true, false, true, false]);
});
