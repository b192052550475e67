import type { JsonObject } from '../../alteration.ts';
import { at, membersOf, objectsIn } from '../json.ts';
import type { Told } from '../wire-steps.ts';
import { eventWords, numbered, people, requestName, toDeviceWords } from './words.ts';

export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly json: unknown;
}

const told = (text: string): Told => ({ text, isDetail: false });
const detail = (text: string): Told => ({ text, isDetail: true });

/** What the homeserver tells a device. */
export function answerTold(answer: Answered): readonly Told[] {
  const { method, path, status, json } = answer;
  // Devices look for what need not be there.
  if (status >= 400) return method === 'GET' && status === 404 ? [] : [told(refusal(answer))];
  if (path === '/sync') return syncTold(json);
  if (path === '/keys/query') return [detail(devicesTold(json))];
  if (path === '/keys/claim') return [told(claimed(json))];
  if (method !== 'GET') return [];
  if (path === '/room_keys/version') return [detail('Angaben zur Sicherung')];
  if (path.startsWith('/room_keys/keys')) return [told('Raumschlüssel aus der Sicherung')];
  return /^\/(media\/)?download\//.test(path) ? [told('Datei')] : [];
}

function refusal({ method, path, status, json }: Answered): string {
  const code = at(json, 'errcode');
  return `Abgelehnt: ${status}${typeof code === 'string' ? ` ${code}` : ''} (${requestName(method, path)})`;
}

function devicesTold(json: unknown): string {
  const byPerson = membersOf(at(json, 'device_keys'));
  if (byPerson.length > 3) return `Geräteschlüssel von ${byPerson.length} Personen`;
  const counts = byPerson.map(([id, devices]) => `${id} ${membersOf(devices).length}`);
  return `Geräteschlüssel: ${counts.join(', ') || 'keine'}`;
}

function claimed(json: unknown): string {
  const devices = membersOf(at(json, 'one_time_keys')).flatMap(([, of]) => membersOf(of));
  return `Einmalschlüssel ausgegeben: ${devices.filter(([, keys]) => membersOf(keys).length > 0).length}`;
}

function syncTold(json: unknown): readonly Told[] {
  const [changed, left] = ['changed', 'left'].map((name) => namesIn(at(json, 'device_lists', name)));
  const invited = membersOf(at(json, 'rooms', 'invite')).length;
  return [
    ...(changed?.length ? [detail(`Geräteliste geändert: ${people(changed)}`)] : []),
    ...(left?.length ? [detail(`Geräteliste entfällt: ${people(left)}`)] : []),
    ...objectsIn(at(json, 'to_device', 'events')).map(toDeviceTold),
    ...(invited > 0 ? [told(numbered(invited, 'Einladung in einen Raum', 'Einladungen in Räume'))] : []),
    ...membersOf(at(json, 'rooms', 'join')).flatMap(([, room]) => roomTold(room)),
  ];
}

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

const toDeviceTold = ({ type, sender, content }: JsonObject) =>
  told(`An dieses Gerät von ${String(sender)}: ${toDeviceWords(String(type), content)}`);

/** Events with their senders; what the device sent itself comes back with its own mark and is left out. */
function roomTold(room: unknown): readonly Told[] {
  const timeline = objectsIn(at(room, 'timeline', 'events'));
  const state = [...objectsIn(at(room, 'state', 'events')), ...timeline].filter(isState);
  const messages = timeline.filter((event) => !isState(event) && at(event, 'unsigned', 'transaction_id') === undefined);
  return [
    ...(state.length > 0 ? [detail(`Zustand des Raums: ${stateWords(state)}`)] : []),
    ...messages.map((event) =>
      told(`Ereignis ${eventWords(String(event['type']), event['content'])} von ${String(event['sender'])}`),
    ),
  ];
}

const isState = (event: JsonObject) => event['state_key'] !== undefined;

function stateWords(state: readonly JsonObject[]): string {
  const words = state.map((event) =>
    event['type'] === 'm.room.member'
      ? `${String(event['state_key'])} ${String(at(event, 'content', 'membership'))}`
      : String(event['type']).replace(/^m\.room\./, ''),
  );
  return [...new Set(words)].join(', ');
}
