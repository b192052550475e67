import { backOffMs } from '../http/back-off.ts';
import { type Answer, call } from '../http/homeserver.ts';
import { overMs, type UserState } from '../user-state.ts';

/** What a client waits for an answer beyond the time it asked for. */
export const graceMs = 30_000;
const shortPollMs = 1_000;
/** An answer without news this much before its time is early. */
const earlyMs = 500;

/** How long the homeserver may wait for news: as the client asks, but not far beyond the end of measuring. */
export function pollTime({ shared, pollMs }: UserState): number {
  const untilMs = shared.plan.durationMs + 1_000 + shared.random.below(shared.plan.endSpreadMs);
  return Math.max(shortPollMs, Math.min(pollMs, Math.round(untilMs - shared.clock.now())));
}

export interface Polled {
  readonly waitMs: number;
  readonly startedAtMs: number;
  readonly hasNews: boolean;
}

/** Counts a poll that was answered; without news its answer must come when its time is over, neither later nor earlier. */
export function countPoll({ shared }: UserState, { bytes }: Answer, { waitMs, startedAtMs, hasNews }: Polled): void {
  const { meter, clock } = shared;
  meter.count('polls');
  meter.count('syncBytes', bytes);
  if (hasNews || waitMs === 0) return;
  const beyondMs = clock.now() - startedAtMs - waitMs;
  meter.count('emptyPolls');
  if (beyondMs < -earlyMs) meter.count('earlyPolls');
  else meter.record('pollOverhead', beyondMs);
}

/**
 * What matrix-js-sdk does after a failed poll: it waits 2 to 7 s, asks for the versions until they come, every 5 to 10 s,
 * and polls again; Element X likewise. A limit's time comes on top. Resolves early when the run is over.
 */
export async function keepAlive(user: UserState, { retryAfterMs = 0, status }: Answer): Promise<void> {
  const { clock, random } = user.shared;
  const pause = (ms: number) => clock.pause(Math.min(ms, overMs(user.shared) - clock.now()));
  if (status === 429) return await pause(retryAfterMs + backOffMs(random, 0));
  await pause(2_000 + random.below(5_000));
  while (clock.now() < overMs(user.shared)) {
    const { status: versions } = await call(user, { name: 'versions', path: '/_matrix/client/versions' });
    if (versions === 200) return;
    await pause(5_000 + random.below(5_000));
  }
}
