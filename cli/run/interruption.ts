/** Ctrl-C and termination stop a run in order: what was concluded is kept, what was started is put away. */
export function listenForInterruption(announce: (line: string) => void): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const stop = () => {
    if (!controller.signal.aborted)
      announce('· Unterbrochen: Das Begonnene wird aufgeräumt, alles Festgestellte bleibt erhalten.');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
