import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Session } from '../../../core/model/bench.ts';
import { UsageError } from '../../../core/model/usage-error.ts';

/** For whom and where something was prepared; only the same may go on with it. */
export interface JournalHead {
  readonly homeserverUrl: string;
  readonly login: string;
  readonly users: number;
  /** Of the rooms and their members. */
  readonly roomsHash: string;
}

/** What exists on the homeserver by now, by index of the user or room. */
export interface Prepared {
  readonly accounts: Map<number, string>;
  readonly sessions: Map<number, Session>;
  readonly rooms: Map<number, string>;
  /** `room user`, for each membership. */
  readonly joined: Set<string>;
}

export type JournalEntry =
  | { readonly type: 'begin'; readonly head: JournalHead }
  | { readonly type: 'account'; readonly user: number; readonly userId: string }
  | { readonly type: 'session'; readonly user: number; readonly session: Session }
  | { readonly type: 'room'; readonly room: number; readonly roomId: string }
  | { readonly type: 'joined'; readonly room: number; readonly user: number };

/** Written through line by line: a preparation that was killed goes on where it stood. Holds access tokens. */
export interface ProvisioningJournal extends Disposable {
  readonly prepared: Prepared;
  note(entry: JournalEntry): void;
}

/**
 * A journal of its own in memory, or in a file that only we can read. Throws UsageError when the file is of something else.
 */
export function openProvisioningJournal(head: JournalHead, path?: string): ProvisioningJournal {
  const prepared = emptyPrepared();
  if (path === undefined) return { prepared, note: (entry) => take(prepared, entry), [Symbol.dispose]: () => {} };
  const lines = linesOf(path);
  refuseForeign(path, lines, head);
  for (const entry of lines) take(prepared, entry);
  cutOffRest(path);
  const file = openSync(path, 'a', 0o600);
  const note = (entry: JournalEntry) => {
    writeSync(file, `${JSON.stringify(entry)}\n`);
    take(prepared, entry);
  };
  if (lines.length === 0) note({ type: 'begin', head });
  return { prepared, note, [Symbol.dispose]: () => closeSync(file) };
}

/** Everything the file tells of, for whoever tidies up. Throws UsageError when it is no such file. */
export function readProvisioningJournal(path: string): { readonly head: JournalHead; readonly prepared: Prepared } {
  const lines = linesOf(path);
  const [first] = lines;
  if (first?.type !== 'begin') {
    throw new UsageError({
      de: `${path} ist keine Datei mit vorbereiteten Personen; die mit --keep angelegte angeben.`,
      en: `${path} is no file of prepared people; name the one made with --keep.`,
    });
  }
  const prepared = emptyPrepared();
  for (const entry of lines) take(prepared, entry);
  return { head: first.head, prepared };
}

const emptyPrepared = (): Prepared => ({
  accounts: new Map(),
  sessions: new Map(),
  rooms: new Map(),
  joined: new Set(),
});

export const membership = (room: number, user: number): string => `${room} ${user}`;

function take({ accounts, sessions, rooms, joined }: Prepared, entry: JournalEntry): void {
  if (entry.type === 'account') accounts.set(entry.user, entry.userId);
  if (entry.type === 'session') sessions.set(entry.user, entry.session);
  if (entry.type === 'room') rooms.set(entry.room, entry.roomId);
  if (entry.type === 'joined') joined.add(membership(entry.room, entry.user));
}

/** A last line that was cut off by a kill is no entry. */
function linesOf(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  try {
    return lines.map((line): JournalEntry => JSON.parse(line));
  } catch (cause) {
    throw new UsageError(
      {
        de: `${path} ist keine Datei mit vorbereiteten Personen; eine andere angeben.`,
        en: `${path} is no file of prepared people; name another one.`,
      },
      { cause },
    );
  }
}

/** What a kill left of a line would spoil the next one. */
function cutOffRest(path: string): void {
  if (existsSync(path)) truncateSync(path, readFileSync(path).lastIndexOf('\n') + 1);
}

function refuseForeign(path: string, [first]: readonly JournalEntry[], head: JournalHead): void {
  if (first === undefined) return;
  const found = first.type === 'begin' ? first.head : undefined;
  const keys = ['homeserverUrl', 'login', 'users', 'roomsHash'] as const;
  const other = keys.find((key) => found?.[key] !== head[key]);
  if (other === undefined) return;
  throw new UsageError({
    de: `${path} ist für etwas anderes vorbereitet (${other}: ${found?.[other]} statt ${head[other]}); eine andere Datei angeben.`,
    en: `${path} was prepared for something else (${other}: ${found?.[other]}, not ${head[other]}); name another file.`,
  });
}
