import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt, valueAt } from './json.ts';
import { premiseString } from './premise.ts';
import { syncOnce, timelineOf } from './sync.ts';
import type { RoomSection } from './sync-defects.ts';
import type { Tools } from './tools.ts';

/** Longest a check waits for what must come. */
export const arrivalMs = 6_000;

/** A token after everything that has happened up to now. */
export async function syncStart(
  { request }: Pick<Tools, 'request'>,
  session: Session,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  return premiseString(await syncOnce(request, session, { timeout: 0, query }), ['next_batch']);
}

/** A filter as it stands in the request itself. */
export const inlineFilter = (filter: unknown) => ({ filter: JSON.stringify(filter) });

/** A sync that tells of rooms and messages between devices alone: personal settings are the matter of other checks. */
export const roomsOnly = { account_data: { types: [] }, presence: { types: [] } };

export const roomIn = (sync: unknown, section: RoomSection, roomId: string): unknown =>
  valueAt(sync, ['rooms', section, roomId]);

/** State before the timeline of a joined room. */
export const stateOf = (sync: unknown, roomId: string): readonly unknown[] =>
  arrayAt(sync, ['rooms', 'join', roomId, 'state', 'events']);

/** Timelines of a joined room over several answers, oldest first. */
export const timelinesOf = (answers: readonly Answer[], roomId: string): readonly unknown[] =>
  answers.flatMap(({ json }) => timelineOf(json, roomId));

export const ephemeralOf = (sync: unknown, roomId: string, type: string): unknown =>
  arrayAt(sync, ['rooms', 'join', roomId, 'ephemeral', 'events']).find((event) => hasType(event, type));

export const globalAccountData = (sync: unknown, type: string): unknown =>
  arrayAt(sync, ['account_data', 'events']).findLast((event) => hasType(event, type));

export const roomAccountData = (sync: unknown, roomId: string, type: string): unknown =>
  arrayAt(sync, ['rooms', 'join', roomId, 'account_data', 'events']).findLast((event) => hasType(event, type));

export const hasType = (event: unknown, type: string): boolean => stringAt(event, ['type']) === type;
