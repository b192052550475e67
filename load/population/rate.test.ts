import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { busiestHour, dayRate, drawTimes } from './rate.ts';

const curve = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 0.75 : hour === 10 ? 0.25 : 0));
const hourMs = 3_600_000;

test('messages fall into the hours of the curve, in its proportions', () => {
  const hours = { fromHour: 8, untilHour: 12 };
  const rate = dayRate({ curve, perDay: 20_000, compression: 1, hours, durationMs: 4 * hourMs });
  const times = [...drawTimes(rate, createRandom('1'))];
  const inHour = (hour: number) => times.filter((ms) => Math.floor(ms / hourMs) === hour).length;
  expect(inHour(0) + inHour(3)).toBe(0);
  expect(inHour(1) / 20_000).toBeCloseTo(0.75, 1);
  expect(inHour(2) / 20_000).toBeCloseTo(0.25, 1);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a day in an hour has the rate of the day, unless it is made denser', () => {
  const rate = { curve, perDay: 20_000, hours: { fromHour: 0, untilHour: 24 }, durationMs: hourMs };
  const count = (compression: number) => [...drawTimes(dayRate({ ...rate, compression }), createRandom('1'))].length;
  expect(count(1) / (20_000 / 24)).toBeCloseTo(1, 1);
  expect(count(24) / 20_000).toBeCloseTo(1, 1);
});

test('a run may begin and end within an hour', () => {
  const hours = { fromHour: 9.5, untilHour: 10.5 };
  const { endsMs, perMs } = dayRate({ curve, perDay: hourMs, compression: 1, hours, durationMs: 1_000 });
  expect(endsMs).toEqual([500, 1_000]);
  expect(perMs).toEqual([0.75, 0.25]);
});

test('gaps are exponential: as many are short as chance wants', () => {
  const rate = { endsMs: [10_000_000], perMs: [0.001] };
  const times = [...drawTimes(rate, createRandom('gaps'))];
  const gaps = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
  const shorter = gaps.filter((gap) => gap < 1_000).length / gaps.length;
  expect(shorter).toBeCloseTo(1 - Math.exp(-1), 1);
});

test('the busiest hour is that of most people', () => {
  const night = Array.from({ length: 24 }, (_, hour) => (hour === 22 ? 1 : 0));
  expect(
    busiestHour([
      { people: 10, curve },
      { people: 1, curve: night },
    ]),
  ).toBe(9);
  expect(
    busiestHour([
      { people: 10, curve },
      { people: 90, curve: night },
    ]),
  ).toBe(22);
});
