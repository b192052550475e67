const last = new WeakMap<object, Promise<void>>();

/** Resolves when everybody who came before has disposed of their turn. */
export async function turnAt(thing: object): Promise<Disposable> {
  const before = last.get(thing) ?? Promise.resolve();
  const own = Promise.withResolvers<void>();
  last.set(
    thing,
    before.then(() => own.promise),
  );
  await before;
  return { [Symbol.dispose]: own.resolve };
}
