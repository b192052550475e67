import { expect, test } from 'vitest';
import { pngBomb, pngOf, sizeOf } from './image.ts';

test('a picture has the size it was made with', () => {
  expect(sizeOf(pngOf({ width: 64, height: 48 }))).toEqual({ width: 64, height: 48 });
});

test('a remark makes another file of the same picture', () => {
  const size = { width: 64, height: 48 };
  expect(pngOf(size, 'eins')).not.toEqual(pngOf(size, 'zwei'));
  expect(sizeOf(pngOf(size, 'eins'))).toEqual(size);
});

test('the size of a JPEG stands in its frame, behind other segments', () => {
  const jpeg = 'ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 0030 0040 03 012200 021101 031101 ffd9';
  expect(sizeOf(Buffer.from(jpeg.replaceAll(' ', ''), 'hex'))).toEqual({ width: 64, height: 48 });
});

test('the size of a GIF counts from the low byte', () => {
  expect(sizeOf(Buffer.concat([Buffer.from('GIF89a'), Buffer.from([64, 0, 48, 0]), Buffer.alloc(20)]))).toEqual({
    width: 64,
    height: 48,
  });
});

test.each(['', 'kein Bild, nur ein längerer Text', '<svg xmlns="http://www.w3.org/2000/svg"/>'])(
  '„%s“ is no picture',
  (text) => {
    expect(sizeOf(Buffer.from(text))).toBeUndefined();
  },
);

test('a bomb is a small file of many pixels', () => {
  const bomb = pngBomb({ width: 4_000, height: 3_000 }, 'remark');
  expect(sizeOf(bomb)).toEqual({ width: 4_000, height: 3_000 });
  expect(bomb.length).toBeLessThan(4_000);
});
