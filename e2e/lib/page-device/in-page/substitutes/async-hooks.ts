/** A page holds one device: what its work runs in, all that follows runs in as well, until the page ends. */
export class AsyncLocalStorage<T> {
  #value: T | undefined;

  run<R>(value: T, work: () => R): R {
    this.#value = value;
    return work();
  }

  exit<R>(work: () => R): R {
    const value = this.#value;
    this.#value = undefined;
    try {
      return work();
    } finally {
      this.#value = value;
    }
  }

  getStore(): T | undefined {
    return this.#value;
  }
}
