import { expect, test } from 'vitest';
import { recordedObject } from './recorded-object.ts';
import type { Reading, Taken } from './recording.ts';
import { replayedObject } from './replayed-object.ts';
import { indexTape, playTape } from './tape-player.ts';

interface Sink {
  readonly url: string;
  readonly inner: { readonly received: readonly string[]; waitFor(fits: () => boolean): Promise<string | undefined> };
  answering(text: string): Disposable;
}

function recorded() {
  const tape: Taken<Reading>[] = [];
  const received: string[] = [];
  const real: Sink = {
    url: 'http://sink',
    inner: { received, waitFor: async () => received.at(-1) },
    answering: () => ({ [Symbol.dispose]: () => {} }),
  };
  const sink = recordedObject(real, 'sink', {
    note: (key, given) => tape.push({ key, given, durationMs: 0 }),
    wait: async (key, promise) => {
      const value = await promise;
      tape.push({ key, given: { kind: 'promise', value }, durationMs: 7 });
      return value;
    },
  });
  return { sink, received, tape };
}

function replayed(tape: readonly Taken<Reading>[]) {
  const index = indexTape(tape);
  const player = playTape(index);
  const passed: number[] = [];
  const sink = replayedObject<Sink>('sink', {
    has: (key) => index.has(key),
    isInside: (path) => [...index.keys()].some((key) => key.startsWith(path)),
    next: (key) => player.next(key)?.entry,
    pass: async (ms) => void passed.push(ms),
  });
  return { sink, passed };
}

test('what was read and given comes again in the same order', async () => {
  const { sink, received, tape } = recorded();
  const seen = async (from: Sink, arrive: () => void) => {
    using _answer = from.answering('ok');
    const before = [...from.inner.received];
    arrive();
    return [from.url, before, [...from.inner.received], await from.inner.waitFor(() => true)];
  };
  const live = await seen(sink, () => received.push('mail'));
  expect(live).toEqual(['http://sink', [], ['mail'], 'mail']);
  const again = replayed(tape);
  expect(await seen(again.sink, () => {})).toEqual(live);
  expect(again.passed).toEqual([7]);
});

test('what nobody read is not there', () => {
  expect(() => replayed([]).sink.url).toThrow('sink.url');
});
