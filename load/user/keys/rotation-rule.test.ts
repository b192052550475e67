import { expect, test } from 'vitest';
import { isKeyDue } from './rotation-rule.ts';

const week = 604_800_000;
test.each([
  ['the first message', undefined, 0, 1, true],
  ['the 100th message of a key', { madeAtMs: 0, messages: 99 }, 1, 1, false],
  ['the message after 100', { madeAtMs: 0, messages: 100 }, 1, 1, true],
  ['a message within the week', { madeAtMs: 0, messages: 1 }, week - 1, 1, false],
  ['a message after a week', { madeAtMs: 0, messages: 1 }, week, 1, true],
  [
    'a message after a week that passed a thousand times faster',
    { madeAtMs: 0, messages: 1 },
    week / 1_000,
    1_000,
    true,
  ],
])('%s: a new room key is due or not', (_what, key, nowMs, factor, due) => {
  expect(isKeyDue(key, nowMs, factor)).toBe(due);
});
