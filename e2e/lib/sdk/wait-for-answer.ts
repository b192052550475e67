import type { OnChange, Wait } from './device.ts';

/** Like `wait`, for a question that takes time to answer: asks again on every change. False at the deadline. */
export async function waitForAnswer(wait: Wait, ask: () => Promise<boolean>, more: OnChange): Promise<boolean> {
  let isSo = false;
  let look = () => {};
  const askAgain = async () => {
    isSo = await ask();
    if (isSo) look();
  };
  const probe = () => {
    // What goes wrong on the way ends in no answer, and the deadline tells.
    if (!isSo) void askAgain().catch(() => {});
    return isSo || undefined;
  };
  const answer = await wait(probe, (listener) => {
    look = listener;
    return more(listener);
  });
  return answer ?? false;
}
