import type { Target } from '../../core/model/target.ts';
import type { Scale } from '../scenarios/scenario.ts';
import { isLoopback } from './loopback.ts';
import type { Schedule } from './plan-load.ts';

/** Preparing and ending take this long on top of the run itself. */
const marginMs = 120_000;

export type LockedTarget = Pick<Target, 'permissions' | 'provider' | 'homeserverUrl'>;

/**
 * German sentence on what the owner of the target did not allow; undefined when the run may begin. Only a target file gives
 * leave beyond this machine, and what it says also binds where its address is on the loopback: that may be a forwarded port.
 */
export function permissionGap(
  { permissions, provider, homeserverUrl }: LockedTarget,
  scale: Scale,
  schedule: Pick<Schedule, 'messages'>,
  nowMs: number,
): string | undefined {
  const { mayMutate, mayStressUsers, mayStressMessagesPerSecond = Number.POSITIVE_INFINITY } = permissions;
  if (provider !== 'remote' && !isLoopback(homeserverUrl)) {
    return `${homeserverUrl} ist nicht diese Maschine; Last dorthin braucht die Erlaubnis ihres Betreibers in einer Zieldatei.`;
  }
  if (!mayMutate) return 'Das Ziel darf laut Zieldatei nicht verändert werden.';
  // Not `>`: a limit that is no number allows nothing.
  if (!(scale.users <= mayStressUsers)) {
    return `Erlaubt sind Lasttests mit bis zu ${mayStressUsers} Personen, das Szenario braucht ${scale.users}.`;
  }
  const messages = schedule.messages.reduce((sum, own) => sum + own.length, 0);
  const messagesPerSecond = messages / scale.durationS;
  if (!(messagesPerSecond <= mayStressMessagesPerSecond)) {
    return `Erlaubt sind ${mayStressMessagesPerSecond} Nachrichten je Sekunde, das Szenario sendet ${messagesPerSecond.toFixed(1)}.`;
  }
  return windowGap(permissions, nowMs, nowMs + (scale.rampS + scale.durationS + scale.drainS) * 1_000 + marginMs);
}

function windowGap(
  { until, mayStressFrom, mayStressUntil }: Target['permissions'],
  beginMs: number,
  endMs: number,
): string | undefined {
  if (mayStressFrom !== undefined && !(beginMs >= Date.parse(mayStressFrom))) {
    return `Die Erlaubnis für Lasttests beginnt erst am ${mayStressFrom}.`;
  }
  if (mayStressUntil !== undefined && !(endMs <= Date.parse(mayStressUntil))) {
    return `Die Erlaubnis für Lasttests endet am ${mayStressUntil}, bevor der Lasttest fertig wäre.`;
  }
  if (!(endMs <= Date.parse(until))) return `Die Erlaubnis endet am ${until}, bevor der Lasttest fertig wäre.`;
  return undefined;
}
