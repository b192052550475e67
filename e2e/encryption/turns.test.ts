import { expect, test } from 'vitest';
import { turnAt } from './turns.ts';

test('one after the other, in the order they came; other things are free', async () => {
  const [thing, other] = [{}, {}];
  const order: string[] = [];
  const first = await turnAt(thing);
  const waiting = ['second', 'third'].map(async (name) => {
    using _turn = await turnAt(thing);
    order.push(name);
    await Promise.resolve();
  });
  using _free = await turnAt(other);
  order.push('first');
  first[Symbol.dispose]();
  await Promise.all(waiting);
  expect(order).toEqual(['first', 'second', 'third']);
});
