import { expect, test } from 'vitest';
import type { LiveFigures } from '../../load/generator/live/live-figures.ts';
import { createLiveLine, liveLineOf } from './live-line.ts';

const figures: LiveFigures = {
  second: 20,
  durationS: 60,
  online: 198,
  users: 200,
  pollsPerSecond: 7,
  sendsPerSecond: 2,
  requestsPerSecond: 9,
  failedPerSecond: 0,
  deliveryP95Ms: 140,
  deliverySamples: 90,
  failed: 1,
  loopLagP99Ms: 4,
};

test('a second is one line, in the language of the terminal', () => {
  expect(liveLineOf(figures, 'en')).toBe(
    '20/60 s · online 198/200 · polls/s 7 · sends/s 2 · delivery P95 140 ms · errors 1',
  );
  const { deliveryP95Ms: _, ...quiet } = figures;
  expect(liveLineOf(quiet, 'de')).toContain('Zustellung P95 –');
});

test('a terminal shows one line that changes, a log one every ten seconds', () => {
  const terminal: string[] = [];
  const log: string[] = [];
  const line = createLiveLine({ isTTY: true, columns: 40, write: (text) => terminal.push(text) }, 'en');
  const logged = createLiveLine({ write: (text) => log.push(text) }, 'en');
  for (const second of [20, 21]) {
    line.show({ ...figures, second });
    logged.show({ ...figures, second });
  }
  line.leave();
  line.leave();
  expect(terminal.map((text) => text.slice(0, 9))).toEqual(['\r20/60 s ', '\r21/60 s ', '\n']);
  expect(terminal[0]?.length).toBeLessThanOrEqual(43);
  expect(log).toHaveLength(1);
});
