import { act, succeeds } from '../act.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** Element renews after 10 s what the homeserver keeps for 30 s. */
const renewEveryMs = 10_000;
const keptMs = 30_000;

/** Shows that this person writes, and at the end that no longer. */
export async function type(user: UserState, room: number, forMs: number, atMs?: number): Promise<void> {
  const { clock } = user.shared;
  const untilMs = clock.now() + forMs;
  await act(user, 'type', atMs, () => tell(user, room, { typing: true, timeout: keptMs }));
  for (let nextMs = clock.now() + renewEveryMs; nextMs < untilMs; nextMs += renewEveryMs) {
    await clock.until(nextMs);
    await act(user, 'type', nextMs, () => tell(user, room, { typing: true, timeout: keptMs }));
  }
  await clock.until(untilMs);
  await act(user, 'type', untilMs, () => tell(user, room, { typing: false }));
}

function tell(user: UserState, room: number, state: object): Promise<boolean> {
  const path = `${roomPath(user, room)}/typing/${encodeURIComponent(user.row.userId)}`;
  return succeeds(user, { name: 'typing', path, body: JSON.stringify(state) });
}
