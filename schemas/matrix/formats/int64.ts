/** Matrix integers end where JSON numbers stop being exact: ±(2^53−1). */
export function isMatrixInteger(value: number): boolean {
  return Number.isSafeInteger(value);
}
