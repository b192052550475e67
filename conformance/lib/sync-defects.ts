import type { Alteration, HttpDefect } from './defect.ts';
import { objectAt, stringAt, withValueAt } from './json.ts';

export type RoomSection = 'join' | 'invite' | 'leave' | 'knock';

/** For counterexamples: every room in a section of /sync, changed; undefined takes it out. */
export function changingRooms(section: RoomSection, change: (room: unknown, roomId: string) => unknown): Alteration {
  return (answer) => {
    const rooms = Object.entries(objectAt(answer.json, ['rooms', section])).flatMap(([roomId, room]) => {
      const changed = change(room, roomId);
      return changed === undefined ? [] : [[roomId, changed] as const];
    });
    return { ...answer, json: withValueAt(answer.json, ['rooms', section], Object.fromEntries(rooms)) };
  };
}

export const hidingRooms = (section: RoomSection): Alteration => changingRooms(section, () => undefined);

/** For counterexamples: every room created by the check shows up in a section of /sync. */
export function showingRooms(section: RoomSection, room: unknown): HttpDefect {
  return {
    when: { path: /\/(createRoom|sync)$/ },
    alter: (answer, { path, earlier }) => {
      if (!path.endsWith('/sync')) return answer;
      const created = earlier.flatMap(({ json }) => stringAt(json, ['room_id']) ?? []);
      const shown = Object.fromEntries(created.map((roomId) => [roomId, room]));
      const at = ['rooms', section];
      return { ...answer, json: withValueAt(answer.json, at, { ...objectAt(answer.json, at), ...shown }) };
    },
  };
}
