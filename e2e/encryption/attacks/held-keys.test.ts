import { expect, test } from 'vitest';
import { firstIndexOf, fromTheStart } from './held-keys.ts';

const keyAt = (index: number) => {
  const bytes = new Uint8Array(165);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, index);
  view.setUint8(5, 7);
  return { roomId: '!r', sessionId: 's', sessionKey: btoa(String.fromCharCode(...bytes)).replace(/=+$/, '') };
};

test.each([0, 1, 258, 2 ** 31])('a key that begins at message %i says so', (index) => {
  expect(firstIndexOf(keyAt(index))).toBe(index);
});

test('a key can be made to look as if it began at the first message', () => {
  expect(fromTheStart(keyAt(9))).toEqual(keyAt(0));
});
