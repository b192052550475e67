import type { RoomKey } from './key-state.ts';

/** Defaults of m.room.encryption, Matrix specification. */
const messagesPerKey = 100;
const weekMs = 604_800_000;

/** A room key is made anew for the first message, after 100 messages and after a week, which passes `timeFactor` times faster. */
export function isKeyDue(key: RoomKey | undefined, nowMs: number, timeFactor: number): boolean {
  if (key === undefined) return true;
  return key.messages >= messagesPerKey || (nowMs - key.madeAtMs) * timeFactor >= weekMs;
}
