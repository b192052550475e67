/** A list of whole numbers below 2³² that takes four bytes for each. */
export interface GrowingNumbers {
  readonly length: number;
  push(number: number): void;
  /** What was pushed so far; shares its memory until more is pushed. */
  taken(): Uint32Array;
}

export function createGrowingNumbers(): GrowingNumbers {
  let numbers = new Uint32Array(1_024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (number) => {
      if (length === numbers.length) {
        const larger = new Uint32Array(2 * numbers.length);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length++] = number;
    },
    taken: () => numbers.subarray(0, length),
  };
}
