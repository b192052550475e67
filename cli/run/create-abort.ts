/** A signal of its own for each check, fired by its time limit. */
export function createAbort() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason?: unknown) => controller.abort(reason) };
}
