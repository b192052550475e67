import type { ActionClass } from '../scenarios/action-classes.ts';
import { type Answer, type Call, callPatiently } from './http/homeserver.ts';
import { overMs, type UserState } from './user-state.ts';

/**
 * Does something a person means to do at `atMs` and measures it from then and from now. True when it succeeded. Nothing is
 * begun after the end of the run. What is under way is known to the user, so that the end waits for it.
 */
export function act(
  user: UserState,
  action: ActionClass,
  atMs: number | undefined,
  work: () => Promise<boolean>,
): Promise<boolean> {
  const doing = measured(user, action, atMs, work);
  user.acting ??= new Set();
  const { acting } = user;
  acting.add(doing);
  return doing.finally(() => acting.delete(doing));
}

async function measured(
  user: UserState,
  action: ActionClass,
  atMs: number | undefined,
  work: () => Promise<boolean>,
): Promise<boolean> {
  const { clock, meter } = user.shared;
  const startedAtMs = clock.now();
  if (startedAtMs >= overMs(user.shared) || !(await work())) return false;
  meter.record(action, clock.now() - (atMs ?? startedAtMs));
  meter.record(`${action}Actual`, clock.now() - startedAtMs);
  return true;
}

/** Resolves when every action begun so far has ended. */
export async function acted({ acting }: UserState): Promise<void> {
  await Promise.all(acting ?? []);
}

/** One call, repeated as clients do; true when it was answered with 200 or with what is tolerated. */
export async function succeeds(user: UserState, request: Call): Promise<boolean> {
  return isFine(await callPatiently(user, request), request);
}

export const isFine = ({ status }: Answer, { tolerated }: Call): boolean => status === 200 || status === tolerated;
