import { expect, test, vi } from 'vitest';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import type { Answer } from './answer.ts';
import { poll } from './poll.ts';

const answer = (status: number): Answer => ({
  method: 'GET',
  template: '/',
  path: '/',
  status,
  headers: {},
  json: {},
  text: '',
  durationMs: 0,
  bytes: new Uint8Array(),
});

function begin(statuses: readonly number[], deadlineMs: number) {
  const clock = createFakeClock();
  const ask = vi.fn(async () => answer(statuses[Math.min(ask.mock.calls.length, statuses.length) - 1] ?? 0));
  return { clock, ask, result: poll(clock, { ask, until: ({ status }) => status === 401, deadlineMs }) };
}

test('asks until the condition holds', async () => {
  const { clock, ask, result } = begin([200, 200, 401, 200], 60_000);
  for (let turn = 0; turn < 2; turn++) {
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    clock.advance(100);
  }
  expect((await result).status).toBe(401);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('resolves with the last answer when the deadline is over', async () => {
  const { clock, ask, result } = begin([200], 150);
  for (let turn = 0; turn < 2; turn++) {
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    clock.advance(100);
  }
  expect((await result).status).toBe(200);
  expect(ask).toHaveBeenCalledTimes(3);
});
