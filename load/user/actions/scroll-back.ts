import { act, succeeds } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import type { MessagesBody } from '../sync/fill-gap.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** What Element asks for when somebody scrolls. */
const pageEvents = 20;
const lazy = encodeURIComponent(JSON.stringify({ lazy_load_members: true }));

/** Page after page from the newest event back; the first counts from when the person meant to, each further from its request. */
export async function scrollBack(user: UserState, room: number, events: number, atMs?: number): Promise<void> {
  let seen = 0;
  let from: string | undefined;
  let meantAtMs = atMs;
  do {
    const page = await onePage(user, room, { from, atMs: meantAtMs });
    if (page === undefined) return;
    seen += page.chunk?.length ?? 0;
    from = page.end;
    meantAtMs = undefined;
  } while (seen < events && from !== undefined);
  user.shared.meter.count('eventsScrolled', seen);
}

interface Page {
  readonly from: string | undefined;
  readonly atMs: number | undefined;
}

async function onePage(user: UserState, room: number, { from, atMs }: Page): Promise<MessagesBody | undefined> {
  let page: MessagesBody | undefined;
  const position = from === undefined ? '' : `&from=${encodeURIComponent(from)}`;
  const path = `${roomPath(user, room)}/messages?dir=b&limit=${pageEvents}&filter=${lazy}${position}`;
  await act(user, 'scrollBack', atMs, async () => {
    const { status, body } = await callPatiently(user, { name: 'messages', path });
    if (status === 200) page = body ?? {};
    return status === 200;
  });
  return page;
}

/** Answers below the newest event, and which threads the room has. */
export async function openThread(user: UserState, room: number, atMs?: number): Promise<boolean> {
  const newest = user.newest[room];
  if (newest === undefined) return false;
  const path = roomPath(user, room, 'v1');
  const calls = [
    { name: 'relations', path: `${path}/relations/${encodeURIComponent(newest)}/m.thread?limit=20` },
    { name: 'threads', path: `${path}/threads?limit=20` },
  ] as const;
  return await act(user, 'openThread', atMs, async () => {
    const done = await Promise.all(calls.map((request) => succeeds(user, request)));
    return !done.includes(false);
  });
}
