import { Buffer } from 'node:buffer';

/**
 * The points of small order on Curve25519: whoever agrees on a key with one of them gets a result everybody knows.
 * As keys are written in Matrix: unpadded base64 of 32 bytes, the lowest first.
 */
export const weakPoints: Readonly<Record<string, string>> = {
  'Punkt 0': base64('00'.repeat(32)),
  'Punkt 1': base64(`01${'00'.repeat(31)}`),
  'Punkt der Ordnung 8 (a)': base64('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'),
  'Punkt der Ordnung 8 (b)': base64('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'),
  'Punkt p − 1': base64(`ec${'ff'.repeat(30)}7f`),
  'Punkt p': base64(`ed${'ff'.repeat(30)}7f`),
  'Punkt p + 1': base64(`ee${'ff'.repeat(30)}7f`),
};

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '');
}
