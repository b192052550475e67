import type { CheckOutcome } from '../../../core/model/outcome.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionContext } from '../context.ts';
import { catchUp, type Trio } from '../meeting.ts';
import { expectKept, expectNoKeysFor, expectRotated, sessionsOf } from '../sessions.ts';

export interface Change {
  /** German: what happens between two messages of alice, e.g. „bob den Raum verließ“. */
  readonly when: string;
  happens(trio: Trio): Promise<void>;
  /** Whom alice must send no keys any more. */
  readonly gone?: (trio: Trio) => string;
}

interface Seen {
  readonly first: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Deliveries to devices before the change. */
  readonly since: number;
}

/**
 * Alice sends twice with one key, something happens, alice sends again: the wire shows whether the key changed. That it
 * stays the same while nothing happens is the control; without it a change would prove nothing.
 */
export async function observeRotation(context: EncryptionContext, trio: Trio, change: Change): Promise<CheckOutcome> {
  const { when, gone } = change;
  const seen = await around(context, trio, change);
  if ('kind' in seen) return seen;
  return outcomeOf(
    [
      ...expectRotated({ ...seen, when }),
      ...(gone === undefined ? [] : expectNoKeysFor(context, { from: trio.alice, to: gone(trio), since: seen.since })),
    ],
    `Derselbe Schlüssel für zwei Nachrichten, ein neuer, nachdem ${when}.`,
  );
}

/** The same for what must change nothing. */
export async function observeConstancy(context: EncryptionContext, trio: Trio, change: Change): Promise<CheckOutcome> {
  const seen = await around(context, trio, change);
  if ('kind' in seen) return seen;
  return outcomeOf(expectKept({ ...seen, when: change.when }), `Derselbe Schlüssel, auch nachdem ${change.when}.`);
}

async function around(context: EncryptionContext, trio: Trio, { happens }: Change): Promise<Seen | CheckOutcome> {
  const { alice, roomId } = trio;
  const write = () => alice.sendText(roomId, `Prüfnachricht ${context.random.word(12)}`);
  await write();
  await write();
  const since = context.wire.deliveries.length;
  await happens(trio);
  if (!(await catchUp(context, trio))) return inconclusive('Das Gerät hat nicht gesehen, was danach geschah.');
  await write();
  const [first, before, after] = sessionsOf(context, alice, roomId);
  if (after === undefined) return inconclusive('Nicht alle Nachrichten waren auf dem Draht zu sehen.');
  if (first !== before) return inconclusive('void: Der Schlüssel wechselte schon, als nichts geschah.');
  return { first, before, after, since };
}
