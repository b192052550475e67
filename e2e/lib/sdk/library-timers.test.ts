import { expect, test } from 'vitest';
import { inLibrary } from './library-timers.ts';

const noop = () => undefined;

test('a timer started inside the library does not hold the process, also after an await', async () => {
  const timer = await inLibrary(async () => {
    await Promise.resolve();
    return setTimeout(noop, 60_000);
  });
  expect(timer.hasRef()).toBe(false);
  clearTimeout(timer);
});

test('a timer started elsewhere still does', async () => {
  await inLibrary(async () => undefined);
  const timer = setTimeout(noop, 60_000);
  expect(timer.hasRef()).toBe(true);
  clearTimeout(timer);
});
