import { at, membersOf } from '../json.ts';
import type { Told } from '../wire-steps.ts';
import { eventWords, numbered, people, peopleAndDevices, toDeviceWords } from './words.ts';

interface Kind {
  readonly method: string;
  readonly path: RegExp;
  readonly isDetail?: true;
  text(body: unknown, parts: readonly string[]): string;
}

/** Requests that change something or take keys; what only fetches is told by its answer. */
const kinds: readonly Kind[] = [
  { method: 'POST', path: /^\/keys\/upload/, text: (body) => `Schlüssel hochgeladen: ${uploaded(body)}` },
  {
    method: 'POST',
    path: /^\/keys\/device_signing\/upload$/,
    text: (body) => `Identität veröffentlicht: ${keyNames(body)}`,
  },
  {
    method: 'POST',
    path: /^\/keys\/signatures\/upload$/,
    isDetail: true,
    text: (body) => `Signaturen hochgeladen für ${people(membersOf(body).map(([id]) => id))}`,
  },
  {
    method: 'POST',
    path: /^\/keys\/claim$/,
    text: (body) => `Einmalschlüssel verlangt für ${peopleAndDevices(at(body, 'one_time_keys'))}`,
  },
  {
    method: 'PUT',
    path: /^\/sendToDevice\/([^/]+)\//,
    text: (body, [type = '']) =>
      `An ${peopleAndDevices(at(body, 'messages'))}: ${toDeviceWords(type, firstMessage(body))}`,
  },
  { method: 'POST', path: /^\/createRoom$/, text: () => 'Raum angelegt' },
  { method: 'PUT', path: /^\/rooms\/[^/]+\/state\/([^/]+)/, text: (_body, [type = '']) => `Zustand gesetzt: ${type}` },
  {
    method: 'PUT',
    path: /^\/rooms\/[^/]+\/send\/([^/]+)\//,
    text: (body, [type = '']) => `Ereignis ${eventWords(type, body)}`,
  },
  { method: 'PUT', path: /^\/rooms\/[^/]+\/redact\//, text: () => 'Ereignis geschwärzt' },
  {
    method: 'POST',
    path: /^\/rooms\/[^/]+\/(invite|kick|ban|unban)$/,
    text: (body, [act = '']) => `${acts[act] ?? act}: ${String(at(body, 'user_id'))}`,
  },
  { method: 'POST', path: /^(?:\/rooms\/[^/]+\/join$|\/join\/)/, text: () => 'Beitritt zum Raum' },
  { method: 'POST', path: /^\/rooms\/[^/]+\/leave$/, text: () => 'Austritt aus dem Raum' },
  { method: 'POST', path: /^\/room_keys\/version$/, text: () => 'Sicherung der Raumschlüssel angelegt' },
  { method: 'PUT', path: /^\/room_keys\/version\//, text: () => 'Angaben zur Sicherung geändert' },
  { method: 'DELETE', path: /^\/room_keys\/version\//, text: () => 'Sicherung gelöscht' },
  { method: 'PUT', path: /^\/room_keys\/keys/, text: (body) => `In die Sicherung gelegt: ${roomKeysIn(body)}` },
  {
    method: 'PUT',
    path: /^\/user\/[^/]+\/account_data\/(.+)$/,
    isDetail: true,
    text: (_body, [type = '']) => `Kontodaten: ${type}`,
  },
  { method: 'POST', path: /^\/upload$/, text: () => 'Datei hochgeladen' },
  { method: 'POST', path: /^\/logout/, text: () => 'Abmeldung' },
  { method: 'DELETE', path: /^\/devices\//, text: () => 'Gerät entfernt' },
];

export function requestTold(method: string, path: string, body: unknown): Told | undefined {
  for (const { path: pattern, text, method: wanted, isDetail = false } of kinds) {
    const match = method === wanted ? pattern.exec(path) : null;
    if (match !== null) return { text: text(body, match.slice(1).map(decodeURIComponent)), isDetail };
  }
  return undefined;
}

const acts: Readonly<Record<string, string>> = {
  invite: 'Einladung',
  kick: 'Entfernung',
  ban: 'Ausschluss',
  unban: 'Ausschluss aufgehoben',
};

function uploaded(body: unknown): string {
  const [once, fallback] = ['one_time_keys', 'fallback_keys'].map((name) => membersOf(at(body, name)).length);
  const parts = [
    ...(at(body, 'device_keys') === undefined ? [] : ['Geräteschlüssel']),
    ...(once ? [numbered(once, 'Einmalschlüssel', 'Einmalschlüssel')] : []),
    ...(fallback ? ['Ersatzschlüssel'] : []),
  ];
  return parts.join(', ') || 'keine';
}

const keyNames = (body: unknown) =>
  membersOf(body)
    .flatMap(([name]) => (name.endsWith('_key') ? [name.replace(/_key$/, '')] : []))
    .join(', ');

const firstMessage = (body: unknown): unknown =>
  membersOf(at(body, 'messages')).flatMap(([, devices]) => membersOf(devices).map(([, content]) => content))[0];

function roomKeysIn(body: unknown): string {
  const rooms = at(body, 'rooms');
  if (rooms === undefined) return 'Raumschlüssel';
  const count = membersOf(rooms).reduce((sum, [, room]) => sum + membersOf(at(room, 'sessions')).length, 0);
  return numbered(count, 'Raumschlüssel', 'Raumschlüssel');
}
