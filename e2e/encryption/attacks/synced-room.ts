import type { HttpAnswer } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject, type SeenAnswer, withText } from '../../lib/alteration.ts';

/** Changes an answer of /sync; other answers stay. */
export function alterSync({ request, answer }: SeenAnswer, change: (body: JsonObject) => JsonObject): HttpAnswer {
  if (!new URL(request.url).pathname.endsWith('/sync') || answer.status !== 200) return answer;
  const body = parsedJson(answer.text());
  return isJsonObject(body) ? withText(answer, JSON.stringify(change(body))) : answer;
}

/** Changes what it tells of the rooms a person is in. */
export const alterJoinedRooms = (seen: SeenAnswer, change: (rooms: JsonObject) => JsonObject): HttpAnswer =>
  alterSync(seen, (body) => {
    const rooms = objectAt(body, 'rooms');
    return { ...body, rooms: { ...rooms, join: change(objectAt(rooms, 'join')) } };
  });

/** The same for one room, where the answer tells of it. */
export const alterJoinedRoom = (
  seen: SeenAnswer,
  roomId: string,
  change: (room: JsonObject) => JsonObject,
): HttpAnswer =>
  alterJoinedRooms(seen, (rooms) => {
    const room = rooms[roomId];
    return isJsonObject(room) ? { ...rooms, [roomId]: change(room) } : rooms;
  });

/** These events before those that really happened, as if they were as old. */
export const withEventsFirst = (room: JsonObject, events: readonly JsonObject[]): JsonObject => {
  const real = timelineEvents(room);
  const { origin_server_ts: time = 1 } = real[0] ?? {};
  const timed = events.map((event) => ({ origin_server_ts: time, ...event }));
  return { ...room, timeline: { ...objectAt(room, 'timeline'), events: [...timed, ...real] } };
};

/** An event that comes with the first answer that tells of the room, and not again. */
export function tellingOnce(event: () => JsonObject): (room: JsonObject) => JsonObject {
  let isTold = false;
  return (room) => {
    if (isTold) return room;
    isTold = true;
    return withEventsFirst(room, [event()]);
  };
}

/** What a homeserver would tell of somebody who joined; nobody signs who is in a room. */
export const joinOf = (userId: string): JsonObject => ({
  type: 'm.room.member',
  state_key: userId,
  sender: userId,
  event_id: `$eingeschoben${userId.replace(/\W/g, '')}`,
  content: { membership: 'join' },
});

export const timelineEvents = (room: unknown): readonly JsonObject[] => {
  const { events } = isJsonObject(room) ? objectAt(room, 'timeline') : {};
  return Array.isArray(events) ? events.filter(isJsonObject) : [];
};

const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = object[key];
  return isJsonObject(value) ? value : {};
};
