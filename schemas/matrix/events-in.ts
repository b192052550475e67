import { isJsonObject, type JsonObject } from '../json.ts';
import { escapePointerStep } from '../json-pointer.ts';

/** An event, and where an answer holds it. */
export interface FoundEvent {
  readonly event: JsonObject;
  /** From the root of the answer. */
  readonly pointer: string;
  /** The room it is in, by its own word or by the place it was found at. */
  readonly roomId?: string;
}

/** Every event anywhere in an answer, in whatever section of whatever operation. `roomId`: of the room that was asked for. */
export function eventsIn(body: unknown, roomId?: string): FoundEvent[] {
  const found: FoundEvent[] = [];
  visit(body, { pointer: '', roomId, found });
  return found;
}

interface Visit {
  readonly pointer: string;
  readonly roomId: string | undefined;
  readonly found: FoundEvent[];
}

function visit(node: unknown, at: Visit): void {
  if (Array.isArray(node)) visitItems(node, at);
  else if (isJsonObject(node)) visitObject(node, at);
}

function visitItems(items: readonly unknown[], { pointer, roomId, found }: Visit): void {
  for (const [index, item] of items.entries()) {
    if (typeof item === 'object') visit(item, { pointer: `${pointer}/${index}`, roomId, found });
  }
}

function visitObject(node: JsonObject, { pointer, roomId, found }: Visit): void {
  const room = typeof node['room_id'] === 'string' ? node['room_id'] : roomId;
  const isEvent = looksLikeEvent(node);
  if (isEvent) found.push({ event: node, pointer, ...(room !== undefined && { roomId: room }) });
  const isOpen = (key: string) => (isEvent ? key === 'unsigned' : !ofSender.has(key));
  for (const [key, inner] of Object.entries(node)) {
    if (typeof inner !== 'object' || !isOpen(key)) continue;
    const under = key.startsWith('!') ? key : room;
    visit(inner, { pointer: `${pointer}/${escapePointerStep(key)}`, roomId: under, found });
  }
}

// Broken events too: whatever misses one of the keys is to be judged, not overlooked.
function looksLikeEvent(node: JsonObject): boolean {
  return ('type' in node && 'content' in node) || ('event_id' in node && 'sender' in node);
}

/** What an event tells, and told before, is the sender's, whatever it looks like. */
const ofSender: ReadonlySet<string> = new Set(['content', 'prev_content']);
