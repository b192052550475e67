import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { premise } from './premise.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const presenceTemplate = '/_matrix/client/v3/presence/{userId}/status';

export interface PresenceStatus {
  readonly presence: 'online' | 'offline' | 'unavailable';
  readonly status_msg?: string;
}

/** Whose presence; without it one's own. */
export function setPresence(
  request: Request,
  session: Session,
  status: PresenceStatus,
  userId = session.userId,
): Promise<Answer> {
  return request('PUT', presenceTemplate, { params: { userId }, session, body: status });
}

export function getPresence(request: Request, session: Session, userId: string): Promise<Answer> {
  return request('GET', presenceTemplate, { params: { userId }, session });
}

/** Where the server keeps no presence, nobody is ever there, whatever they said before. */
export async function presenceIsOff(request: Request, session: Session): Promise<boolean> {
  premise(await setPresence(request, session, { presence: 'online' }));
  const { json } = premise(await getPresence(request, session, session.userId));
  return stringAt(json, ['presence']) === 'offline';
}

export const presenceOff = 'Der Server führt keine Anwesenheit (presence.enabled).';

/** A device that was there a moment ago keeps its person present for half a minute, whatever another one says. */
const otherDevicesLeaveMs = 45_000;

/** Resolves when this device alone decides on the presence of its person: people of a target have more, used lately. */
export async function presentAlone(
  { request, poll }: Pick<Tools, 'request' | 'poll'>,
  session: Session,
): Promise<void> {
  const { json } = premise(await request('GET', '/_matrix/client/v3/devices', { session }));
  if (arrayAt(json, ['devices']).length <= 1) return;
  await poll({
    ask: async () => {
      premise(await setPresence(request, session, { presence: 'unavailable' }));
      return premise(await getPresence(request, session, session.userId));
    },
    until: (answer) => stringAt(answer.json, ['presence']) !== 'online',
    deadlineMs: otherDevicesLeaveMs,
  });
}

/** What a sync says about somebody, latest last. */
export const presenceEvents = (sync: unknown, userId: string): readonly unknown[] =>
  arrayAt(sync, ['presence', 'events']).filter((event) => stringAt(event, ['sender']) === userId);
