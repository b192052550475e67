import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { waitUntil } from './wait-until.ts';

const changes = () => {
  const emitter = new EventEmitter();
  return {
    emitter,
    onChange: (listener: () => void) => {
      emitter.on('change', listener);
      return () => emitter.off('change', listener);
    },
  };
};

test('a condition that already holds is answered at once', async () => {
  const { onChange } = changes();
  const { signal } = new AbortController();
  expect(await waitUntil(() => 7, { deadlineMs: 60_000, signal, onChange })).toBe(7);
});

test('a condition is looked at again after every change, and the listener is gone afterwards', async () => {
  const { onChange, emitter } = changes();
  let seen: string | undefined;
  const waiting = waitUntil(() => seen, { deadlineMs: 60_000, signal: new AbortController().signal, onChange });
  emitter.emit('change');
  seen = 'there';
  emitter.emit('change');
  expect(await waiting).toBe('there');
  expect(emitter.listenerCount('change')).toBe(0);
});

test('the deadline gives undefined', async () => {
  const { onChange, emitter } = changes();
  const { signal } = new AbortController();
  expect(await waitUntil(() => undefined, { deadlineMs: 5, signal, onChange })).toBeUndefined();
  expect(emitter.listenerCount('change')).toBe(0);
});

test('an abort ends the waiting as interrupted, before and during', async () => {
  const { onChange } = changes();
  const abort = new AbortController();
  const options = { deadlineMs: 60_000, signal: abort.signal, onChange };
  const during = waitUntil(() => undefined, options);
  abort.abort();
  await expect(during).rejects.toMatchObject({ code: 'interrupted' });
  await expect(waitUntil(() => 1, options)).rejects.toMatchObject({ code: 'interrupted' });
});

test('a probe that throws fails the waiting', async () => {
  const { onChange } = changes();
  const probe = () => {
    throw new Error('broken probe');
  };
  const { signal } = new AbortController();
  await expect(waitUntil(probe, { deadlineMs: 60_000, signal, onChange })).rejects.toThrow('broken probe');
});
