import { ConnectionError, MatrixError } from 'matrix-js-sdk';
import { RigError } from '../../../core/model/rig-error.ts';
import type { DeviceClock } from './device-clock.ts';
import { inLibrary } from './library-timers.ts';

/** Calls the library; what it throws becomes the RigError behind it. `what` names the step, e.g. `createRoom`. */
export type Call = <T>(what: string, work: () => Promise<T>) => Promise<T>;

export function callFor(userId: string, troubles: readonly RigError[], clock: Pick<DeviceClock, 'run'>): Call {
  return async (what, work) => {
    try {
      return await clock.run(() => inLibrary(work));
    } catch (thrown) {
      throw rigErrorFrom(thrown, { what, userId, troubles });
    }
  };
}

interface Place {
  readonly what: string;
  readonly userId: string;
  readonly troubles: readonly RigError[];
}

function rigErrorFrom(thrown: unknown, { what, userId, troubles }: Place): unknown {
  if (thrown instanceof ConnectionError) return troubles.at(-1) ?? thrown;
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

/** A condition without which the device cannot go on was not met in time. */
export const notSeen = (userId: string, what: string) =>
  new RigError('targetRefused', {
    de: `Das Gerät von ${userId} hat etwas innerhalb der Frist nicht gesehen: ${what}.`,
    en: `The device of ${userId} did not see something in time: ${what}.`,
  });
