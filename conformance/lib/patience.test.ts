import { expect, test, vi } from 'vitest';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { withPatience } from './patience.ts';
import { PremiseError } from './premise.ts';
import { type Scripted, wireAnswer } from './testing.ts';

const limited = (retry_after_ms?: number): Scripted => ({
  status: 429,
  json: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms },
});

function begin(...answers: readonly Scripted[]) {
  const clock = createFakeClock();
  const queue = [...answers];
  const inner = vi.fn(async () => wireAnswer(queue.shift() ?? { status: 500 }));
  const abort = new AbortController();
  const answer = withPatience(inner, clock)({ method: 'GET', url: 'https://hs1.example/a', signal: abort.signal });
  return { clock, inner, answer, abort };
}

test('waits exactly as long as the target says, then asks again', async () => {
  const { clock, inner, answer } = begin(limited(2_000), { status: 200, json: {} });
  await vi.waitFor(() => expect(clock.waiting).toBe(1));
  clock.advance(1_999);
  expect(inner).toHaveBeenCalledTimes(1);
  clock.advance(1);
  expect((await answer).status).toBe(200);
  expect(inner).toHaveBeenCalledTimes(2);
});

test('whoever measures the time of the check is told of the wait', async () => {
  const clock = createFakeClock();
  const held: number[] = [];
  const inner = vi.fn(async () =>
    wireAnswer(inner.mock.calls.length === 1 ? limited(2_000) : { status: 200, json: {} }),
  );
  const answer = withPatience(inner, clock, (ms) => held.push(ms))({ method: 'GET', url: 'https://hs1.example/a' });
  await vi.waitFor(() => expect(clock.waiting).toBe(1));
  clock.advance(2_000);
  await answer;
  expect(held).toEqual([2_000]);
});

test.each([
  ['a limit that lasts too long', limited(330_000)],
  ['a limit without a time', limited()],
])('%s leaves the question open', async (_name, answer) => {
  await expect(begin(answer).answer).rejects.toThrow(PremiseError);
});

test('many short limits are followed only so long', async () => {
  const { clock, answer } = begin(...Array.from({ length: 4 }, () => limited(40_000)));
  const outcome = answer.then(
    () => 'answered',
    (thrown: unknown) => thrown,
  );
  for (let wait = 0; wait < 2; wait++) {
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    clock.advance(40_000);
  }
  expect(await outcome).toBeInstanceOf(PremiseError);
});

test('a stopped check does not wait on', async () => {
  const { clock, abort, answer } = begin(limited(60_000), { status: 200, json: {} });
  await vi.waitFor(() => expect(clock.waiting).toBe(1));
  abort.abort();
  expect((await answer).status).toBe(200);
  expect(clock.waiting).toBe(0);
});
