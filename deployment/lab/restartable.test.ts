import { expect, test } from 'vitest';
import { startRestartable } from './restartable.ts';

const counting = () => {
  const seen = { starts: 0, stops: 0 };
  const start = async () => {
    seen.starts += 1;
    return {
      [Symbol.asyncDispose]: async () => {
        seen.stops += 1;
      },
    };
  };
  return { seen, start };
};

test('an outage ends it and its end starts it again, once', async () => {
  const { seen, start } = counting();
  const part = await startRestartable(start);
  const outage = await part.outage();
  expect(seen).toEqual({ starts: 1, stops: 1 });
  await outage[Symbol.asyncDispose]();
  await outage[Symbol.asyncDispose]();
  expect(seen).toEqual({ starts: 2, stops: 1 });
  await part[Symbol.asyncDispose]();
  expect(seen).toEqual({ starts: 2, stops: 2 });
});

test('nothing is started again after the end of everything', async () => {
  const { seen, start } = counting();
  const part = await startRestartable(start);
  const outage = await part.outage();
  await part[Symbol.asyncDispose]();
  await outage[Symbol.asyncDispose]();
  expect(seen).toEqual({ starts: 1, stops: 1 });
});
