const standardAlphabet = /^[A-Za-z0-9+/]*$/;
const urlSafeAlphabet = /^[A-Za-z0-9_-]*$/;

/** Appendices, "Unpadded Base64": RFC 4648 §4 without "=". */
export function isUnpaddedBase64(text: string): boolean {
  return standardAlphabet.test(text) && hasPossibleLength(text);
}

/** RFC 4648 §5 without "=". */
export function isUrlSafeUnpaddedBase64(text: string): boolean {
  return urlSafeAlphabet.test(text) && hasPossibleLength(text);
}

// One character over a multiple of four holds six bits, which is no whole byte.
function hasPossibleLength(text: string): boolean {
  return text.length % 4 !== 1;
}
