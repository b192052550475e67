import { expect, test } from 'vitest';
import { isAnimated, pngBomb, pngOf, sizeOf } from './image.ts';
import { animatedGif, jpeg, sampleSize } from './sample-pictures.ts';

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

test('the sample pictures are what they are said to be', () => {
  expect([jpeg, animatedGif].map(sizeOf)).toEqual([sampleSize, sampleSize]);
  expect([jpeg, animatedGif, pngOf(sampleSize)].map(isAnimated)).toEqual([false, true, false]);
});

test.each([
  ['lossy', '52494646420000005745425056503820360000005003009d012a400030003e6d3698'],
  ['lossless', '5249464624000000574542505650384c170000002f3fc00b0007508a2ad4a3ff0120'],
  ['animated', '52494646c800000057454250565038580a000000020000003f00002f0000414e494d'],
])('the size of a %s WebP stands in its first part', (kind, hex) => {
  const bytes = Buffer.from(hex, 'hex');
  expect(sizeOf(bytes)).toEqual({ width: 64, height: 48 });
  expect(isAnimated(bytes)).toBe(kind === 'animated');
});
