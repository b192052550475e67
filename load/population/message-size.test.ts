import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { ciphertextCharacters, drawTextBytes } from './message-size.ts';

// Base64 lengths of Megolm messages for plaintexts of these sizes, envelope included.
test.each([
  [150, 319],
  [250, 447],
  [500, 788],
  [1_000, 1_450],
  [2_000, 2_794],
])('a plaintext of %i bytes becomes as long as a real Megolm message', (plaintextBytes, characters) => {
  const envelopeBytes = 150;
  expect(Math.abs(ciphertextCharacters(plaintextBytes - envelopeBytes) - characters)).toBeLessThanOrEqual(1);
});

test('half of the texts are shorter than 40 bytes, and none is empty', () => {
  const random = createRandom('sizes');
  const sizes = Array.from({ length: 4_000 }, () => drawTextBytes(random));
  const shorter = sizes.filter((bytes) => bytes < 40).length / sizes.length;
  expect(shorter).toBeGreaterThan(0.46);
  expect(shorter).toBeLessThan(0.54);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
});
