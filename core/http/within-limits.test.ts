import { expect, test } from 'vitest';
import type { HttpAnswer } from './http.ts';
import { withinLimits } from './within-limits.ts';

const answer = (status: number, body = '{}'): HttpAnswer => ({
  status,
  headers: {},
  bytes: new Uint8Array(),
  text: () => body,
});
const limited = (waitMs: number) => answer(429, JSON.stringify({ retry_after_ms: waitMs }));

async function asking(...answers: readonly HttpAnswer[]) {
  const queue = [...answers];
  const waits: number[] = [];
  const told: number[] = [];
  const { status } = await withinLimits(async () => queue.shift() ?? answer(200), {
    patienceMs: 10_000,
    pause: async (ms) => void waits.push(ms),
    onLimited: (ms) => void told.push(ms),
  });
  expect(told).toEqual(waits);
  return { status, waits };
}

test('waits as long as told, then asks again', async () => {
  expect(await asking(limited(2_000), limited(3_000), answer(200))).toEqual({ status: 200, waits: [2_000, 3_000] });
});

test('any other answer is the answer', async () => {
  expect(await asking(answer(503))).toEqual({ status: 503, waits: [] });
});

test('a limit that lasts longer than the patience is the answer', async () => {
  expect(await asking(limited(10_001))).toEqual({ status: 429, waits: [] });
  expect(await asking(limited(6_000), limited(6_000))).toEqual({ status: 429, waits: [6_000] });
});

test('a limit that names no time is waited for a second', async () => {
  expect(await asking(answer(429), answer(200))).toEqual({ status: 200, waits: [1_000] });
});

test('a target that limits for ever and says at once is given up', async () => {
  const { status, waits } = await asking(...Array.from({ length: 1_000 }, () => limited(0)));
  expect(status).toBe(429);
  expect(waits).toHaveLength(200);
});
