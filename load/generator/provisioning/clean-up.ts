import type { Bench, Session } from '../../../core/model/bench.ts';
import type { Text } from '../../../core/model/text.ts';
import { inParallel } from '../../../core/run/in-parallel.ts';
import { openAdministrationCalls } from './administration-calls.ts';
import { parallelCalls } from './enter-people.ts';
import { createPace } from './pace.ts';
import type { Prepared } from './provisioning-journal.ts';

/**
 * Deactivates every account that was created at the administration's port and has the rooms removed. Tokens are ended by
 * themselves, because those of the administration outlive the account. Throws RigError at the first refusal; what is closed
 * already is closed once more without harm.
 */
export async function removePrepared(bench: Bench, prepared: Prepared, tell: (text: Text) => void): Promise<void> {
  const administration = await openAdministrationCalls(bench);
  const { accounts, rooms, sessions } = prepared;
  const people = createPace(accounts.size, { de: 'Konten stillgelegt', en: 'accounts deactivated' }, tell);
  await inParallel([...accounts], parallelCalls, async ([user, userId]) => {
    await logOut(bench, sessions.get(user));
    await administration.deactivate(userId);
    people.done();
  });
  const places = createPace(rooms.size, { de: 'Räume zum Löschen gegeben', en: 'rooms given to be removed' }, tell);
  await inParallel([...rooms.values()], parallelCalls, async (roomId) => {
    await administration.purgeRoom(roomId);
    places.done();
  });
}

/** A token that has ended already is refused, which is as good. */
async function logOut({ send, target }: Bench, session: Session | undefined): Promise<void> {
  if (session === undefined) return;
  const url = `${target.homeserverUrl}/_matrix/client/v3/logout`;
  await send({ method: 'POST', url, headers: { authorization: `Bearer ${session.accessToken}` }, body: '{}' });
}
