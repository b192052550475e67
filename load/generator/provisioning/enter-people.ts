import type { Bench, Session } from '../../../core/model/bench.ts';
import type { Text } from '../../../core/model/text.ts';
import { inParallel } from '../../../core/run/in-parallel.ts';
import type { Arrival, Entrance } from './login-way.ts';
import { createPace } from './pace.ts';
import type { ProvisioningJournal } from './provisioning-journal.ts';

export interface EnterOptions {
  readonly bench: Bench;
  readonly entrance: Entrance;
  readonly users: number;
  /** Letters and digits; with the number of the user nobody else's name. */
  readonly label: string;
  readonly journal: ProvisioningJournal;
  readonly tell: (text: Text) => void;
}

/** More does not make one Synapse process faster (measured on two cores). */
export const parallelCalls = 8;

/** An account and a session for everybody who has none yet, by index of the user. */
export async function enterPeople(options: EnterOptions): Promise<readonly Session[]> {
  const { users, journal, tell } = options;
  const { sessions } = journal.prepared;
  await dropEndedSessions(options);
  const missing = Array.from({ length: users }, (_, user) => user).filter((user) => !sessions.has(user));
  const pace = createPace(missing.length, { de: 'Konten', en: 'accounts' }, tell);
  await inParallel(missing, parallelCalls, async (user) => {
    const { userId, session } = await accountOf(options, user);
    journal.note({ type: 'session', user, session: session ?? (await options.entrance.enter(userId)) });
    pace.done();
  });
  return Array.from({ length: users }, (_, user) => sessions.get(user)).filter((session) => session !== undefined);
}

async function accountOf({ entrance, label, journal }: EnterOptions, user: number): Promise<Arrival> {
  const userId = journal.prepared.accounts.get(user);
  if (userId !== undefined) return { userId };
  const arrival = await entrance.create(user, `${label}-${user}`);
  journal.note({ type: 'account', user, userId: arrival.userId });
  return arrival;
}

/** Sessions of an earlier call end together if at all: one that is refused ends them all. */
async function dropEndedSessions({ bench, journal }: EnterOptions): Promise<void> {
  const { sessions } = journal.prepared;
  const [first] = sessions.values();
  if (first === undefined) return;
  const url = `${bench.target.homeserverUrl}/_matrix/client/v3/account/whoami`;
  const answer = await bench.send({ method: 'GET', url, headers: { authorization: `Bearer ${first.accessToken}` } });
  if (answer.status === 401) sessions.clear();
}
