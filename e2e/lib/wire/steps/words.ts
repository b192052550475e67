import { at, membersOf } from '../json.ts';

export const numbered = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** What was asked for, without ids: `POST /keys/upload`, `POST /rooms/…`. */
export function requestName(method: string, path: string): string {
  const [, first = '', second = ''] = path.split('/').map((part) => (/^(%|[!@$#])/.test(part) ? '…' : part));
  return `${method} /${[first, second].filter((part) => part !== '').join('/')}`;
}

/** Ids of people, or how many they are. */
export const people = (ids: readonly string[]): string => (ids.length <= 3 ? ids.join(', ') : `${ids.length} Personen`);

/** How a device stands in a text until the story knows its name. */
export const deviceIn = (userId: string, deviceId: string) => `${userId} (Gerät ${deviceId})`;

/** Of an object by person and device, e.g. the messages of a request to /sendToDevice: a few devices each, many by number. */
export function peopleAndDevices(byPerson: unknown): string {
  const all = membersOf(byPerson).flatMap(([userId, devices]) =>
    membersOf(devices).map(([deviceId]) => deviceIn(userId, deviceId)),
  );
  if (all.length > 0 && all.length <= 3) return all.join(', ');
  return `${people(membersOf(byPerson).map(([id]) => id))} (${numbered(all.length, 'Gerät', 'Geräte')})`;
}

/** How an event is named: its kind, and for what is encrypted the method, never what it says. */
export function eventWords(type: string, content: unknown): string {
  const algorithm = at(content, 'algorithm');
  if (type !== 'm.room.encrypted') return type;
  if (algorithm === 'm.megolm.v1.aes-sha2') return `${type} (Megolm, Sitzung …${tailOf(at(content, 'session_id'))})`;
  if (algorithm === 'm.olm.v1.curve25519-aes-sha2') return `${type} (Olm)`;
  return `${type} (${typeof algorithm === 'string' ? algorithm.slice(0, 40) : 'ohne Verfahren'})`;
}

/** The same for a message to a device; where a key is withheld, the code says why. */
export function toDeviceWords(type: string, content: unknown): string {
  const code = at(content, 'code');
  return type.endsWith('.withheld') && typeof code === 'string' ? `${type} (${code})` : eventWords(type, content);
}

const tailOf = (id: unknown) => (typeof id === 'string' ? id.slice(-4) : '?');
