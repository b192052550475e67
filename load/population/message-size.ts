import type { Random } from '../../core/random.ts';
import { drawNormal } from './draw.ts';

/** Room, type and content around the text before encryption. */
const envelopeBytes = 150;

/** Length of a typed text in bytes: log-normal, half of them under 40 (assumption: short working messages). */
export function drawTextBytes(random: Random): number {
  const medianBytes = 40;
  const spread = 1;
  return Math.min(8_000, Math.max(1, Math.round(medianBytes * Math.exp(spread * drawNormal(random)))));
}

/**
 * Characters of a Megolm ciphertext in unpadded base64: AES-CBC pads to 16 bytes, index, MAC and signature add 79
 * (agrees with Olm's output for 150, 250, 500, 1000 and 2000 bytes of plaintext).
 */
export function ciphertextCharacters(textBytes: number): number {
  const encryptedBytes = 16 * (Math.floor((textBytes + envelopeBytes) / 16) + 1) + 79;
  return Math.ceil((encryptedBytes * 4) / 3);
}
