import { expect, test } from 'vitest';
import { createDeviceClock } from './device-clock.ts';

const hour = 3_600_000;

test.each([
  ['day', () => Date.now()],
  ['program', () => performance.now()],
])('a moved clock of the %s is that of one device alone, also after an await', async (_of, now) => {
  const [moved, other] = [createDeviceClock(), createDeviceClock()];
  const read = async () => {
    await Promise.resolve();
    return now();
  };
  moved.move(hour);
  const [here, there, outside] = await Promise.all([moved.run(read), other.run(read), read()]);
  expect(here - outside).toBeGreaterThan(hour - 1_000);
  expect(Math.abs(there - outside)).toBeLessThan(1_000);
});

test('the bench keeps the true time also where the device calls it', async () => {
  const clock = createDeviceClock();
  clock.move(hour);
  const [within, left, back] = await clock.run(async () => [
    Date.now(),
    await clock.leave(async () => Date.now()),
    Date.now(),
  ]);
  expect(within - left).toBeGreaterThan(hour - 1_000);
  expect(back - left).toBeGreaterThan(hour - 1_000);
});

test('work that was begun before the clock moved sees it moved', async () => {
  const clock = createDeviceClock();
  let goOn = () => {};
  const reading = clock.run(async () => {
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    return Date.now();
  });
  clock.move(hour);
  goOn();
  expect((await reading) - Date.now()).toBeGreaterThan(hour - 1_000);
});
