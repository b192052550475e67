/** One key ends what runs: q, or Ctrl-C, which a terminal in this mode passes on as a key. Does nothing without a terminal. */
export function listenForStopKey(stop: () => void): Disposable {
  const { stdin } = process;
  if (!stdin.isTTY) return { [Symbol.dispose]: () => {} };
  const onKey = (key: Buffer) => {
    if (stopKeys.has(key.toString('latin1'))) stop();
  };
  stdin.setRawMode(true);
  stdin.on('data', onKey);
  stdin.resume();
  return {
    [Symbol.dispose]: () => {
      stdin.off('data', onKey);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

const stopKeys = new Set(['q', 'Q', '\u0003']);
