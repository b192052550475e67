import { ConnectionError, MatrixError } from 'matrix-js-sdk';
import { firstLineOf, RigError } from '../../../core/model/rig-error.ts';
import type { DeviceClock } from './device-clock.ts';
import { inLibrary } from './library-timers.ts';

/**
 * Calls the library; what it throws becomes the RigError behind it. `what` names the step, e.g. `createRoom`. The library
 * asks again and again for an answer that stays away: that ends here.
 */
export type Call = <T>(what: string, work: () => Promise<T>) => Promise<T>;

export function callFor(caller: Caller): Call {
  return async (what, work) => {
    try {
      return await inTime({ ...caller, what }, () => caller.clock.run(() => inLibrary(work)));
    } catch (thrown) {
      throw rigErrorFrom(thrown, { ...caller, what });
    }
  };
}

export interface Caller {
  readonly userId: string;
  /** Why answers are missing. */
  readonly troubles: readonly RigError[];
  readonly clock: Pick<DeviceClock, 'run'>;
  readonly deadlineMs: number;
}

interface Place extends Pick<Caller, 'userId' | 'troubles'> {
  readonly what: string;
}

async function inTime<T>(place: Place & Pick<Caller, 'deadlineMs'>, work: () => Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const tell = () => reject(place.troubles.at(-1) ?? notSeen(place.userId, place.what));
  const timer = setTimeout(tell, place.deadlineMs);
  try {
    return await Promise.race([work(), over]);
  } finally {
    clearTimeout(timer);
  }
}

function rigErrorFrom(thrown: unknown, { what, userId, troubles }: Place): unknown {
  if (thrown instanceof ConnectionError) return troubles.at(-1) ?? thrown;
  if (isUnreadable(thrown)) return unreadable(what, userId, thrown);
  if (!(thrown instanceof MatrixError)) return thrown;
  const answer = `${thrown.httpStatus ?? '?'} ${thrown.errcode ?? ''}`.trim();
  return new RigError(
    'targetRefused',
    {
      de: `Der Server hat dem Gerät von ${userId} einen nötigen Schritt verweigert: ${what} → ${answer}.`,
      en: `The server refused the device of ${userId} a step it needs: ${what} → ${answer}.`,
    },
    { cause: thrown },
  );
}

/** In JavaScript, and in Rust. */
const isUnreadable = (thrown: unknown): thrown is Error =>
  thrown instanceof SyntaxError || (thrown instanceof Error && thrown.message.startsWith('deserialization failed'));

const unreadable = (what: string, userId: string, thrown: Error) =>
  new RigError(
    'answerUnreadable',
    {
      de: `Das Gerät von ${userId} konnte eine Antwort des Servers nicht lesen: ${what} (${firstLineOf(thrown)}).`,
      en: `The device of ${userId} could not read an answer of the server: ${what} (${firstLineOf(thrown)}).`,
    },
    { cause: thrown },
  );

/** A condition without which the device cannot go on was not met in time. */
export const notSeen = (userId: string, what: string) =>
  new RigError('targetRefused', {
    de: `Das Gerät von ${userId} hat etwas innerhalb der Frist nicht gesehen: ${what}.`,
    en: `The device of ${userId} did not see something in time: ${what}.`,
  });
