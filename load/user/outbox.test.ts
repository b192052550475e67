import { expect, test } from 'vitest';
import { createOutbox, type Posted } from './outbox.ts';

/** Answers in turn, then takes everything; keeps what was posted. */
function collector(...answers: Posted[]) {
  const posted: [number, readonly string[]][] = [];
  let refusals = 0;
  const outbox = createOutbox({
    post: async (sequence, records) => {
      posted.push([sequence, [...records]]);
      return answers.shift() ?? 'taken';
    },
    onRefused: () => refusals++,
  });
  return { outbox, posted, refusals: () => refusals };
}

test('what was told is posted in order, each batch under its own number', async () => {
  const { outbox, posted } = collector();
  outbox.add('a');
  outbox.add('b');
  await outbox.flush();
  outbox.add('c');
  await outbox.flush();
  expect(posted).toEqual([
    [0, ['a', 'b']],
    [1, ['c']],
  ]);
  expect(outbox.isEmpty).toBe(true);
});

test('without an answer the same batch is posted again, whatever was told meanwhile', async () => {
  const { outbox, posted } = collector('later');
  outbox.add('a');
  await outbox.flush();
  expect(outbox.isEmpty).toBe(false);
  outbox.add('b');
  await outbox.flush();
  expect(posted).toEqual([
    [0, ['a']],
    [0, ['a']],
    [1, ['b']],
  ]);
});

test('two at the same time post nothing twice', async () => {
  const { outbox, posted } = collector();
  outbox.add('a');
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(posted).toEqual([[0, ['a']]]);
});

test('batches are bounded by records and by length', async () => {
  const { outbox, posted } = collector();
  for (let index = 0; index < 501; index++) outbox.add('x');
  for (let index = 0; index < 3; index++) outbox.add('y'.repeat(700_000));
  await outbox.flush();
  expect(posted.map(([, records]) => records.length)).toEqual([500, 2, 1, 1]);
});

test('who is refused is told once and posts no more', async () => {
  const { outbox, posted, refusals } = collector('refused');
  outbox.add('a');
  await outbox.flush();
  await outbox.flush();
  expect([posted.length, refusals()]).toEqual([1, 1]);
});
