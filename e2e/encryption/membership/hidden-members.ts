import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { HistoryVisibility } from '../../lib/crypto-device.ts';

const membershipOf = ({ type, content }: JsonObject) =>
  type === 'm.room.member' && isJsonObject(content) ? content['membership'] : undefined;

/** The homeserver keeps from a device that somebody else was invited. */
export const hidingInvitesFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => (membershipOf(object) === 'invite' ? undefined : object))
      : answer;

/** The homeserver tells a device that only who joined may see a room's messages. */
export const closingHistoryFor = (person: string): Alteration => tellingHistory(person, 'joined');

/** The homeserver tells a device that who joins may see a room's past. */
export const openingHistoryFor = (person: string): Alteration => tellingHistory(person, 'shared');

const tellingHistory =
  (person: string, history: HistoryVisibility): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) =>
          object['type'] === 'm.room.history_visibility'
            ? { ...object, content: { history_visibility: history } }
            : object,
        )
      : answer;

/** The homeserver shows a device only the newest ciphertext of each answer. */
export const hidingPastFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, withoutPast) : answer;

function withoutPast(object: JsonObject): JsonObject {
  const { timeline } = object;
  if (!isJsonObject(timeline) || !Array.isArray(timeline['events'])) return object;
  const events: readonly unknown[] = timeline['events'];
  const isPlainState = (event: unknown) => isJsonObject(event) && event['type'] !== 'm.room.encrypted';
  const isJoin = events.some((event) => isJsonObject(event) && event['type'] === 'm.room.create');
  return isJoin ? { ...object, timeline: { ...timeline, events: events.filter(isPlainState) } } : object;
}

/** The homeserver keeps from a device that a person has further devices: it is told of no change. */
export const hidingDeviceChangesFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => ('device_lists' in object ? { ...object, device_lists: {} } : object))
      : answer;
