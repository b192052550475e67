import type { Permissions } from '../../core/model/target.ts';
import type { Scale } from '../scenarios/scenario.ts';
import type { Schedule } from './plan-load.ts';

/** Preparing and ending take this long on top of the run itself. */
const marginMs = 120_000;

/** German sentence on what the owner of the target did not allow; undefined when the run may begin. */
export function permissionGap(
  permissions: Permissions,
  scale: Scale,
  schedule: Pick<Schedule, 'messages'>,
  nowMs: number,
): string | undefined {
  const { mayMutate, mayStressUsers, mayStressMessagesPerSecond = Number.POSITIVE_INFINITY, until } = permissions;
  if (!mayMutate) return 'Das Ziel darf laut Zieldatei nicht verändert werden.';
  if (scale.users > mayStressUsers) {
    return `Erlaubt sind Lasttests mit bis zu ${mayStressUsers} Personen, das Szenario braucht ${scale.users}.`;
  }
  const messagesPerSecond = schedule.messages.flat().length / scale.durationS;
  if (messagesPerSecond > mayStressMessagesPerSecond) {
    return `Erlaubt sind ${mayStressMessagesPerSecond} Nachrichten je Sekunde, das Szenario sendet ${messagesPerSecond.toFixed(1)}.`;
  }
  const endMs = nowMs + (scale.rampS + scale.durationS + scale.drainS) * 1_000 + marginMs;
  if (endMs > Date.parse(until)) return `Die Erlaubnis endet am ${until}, bevor der Lasttest fertig wäre.`;
  return undefined;
}
