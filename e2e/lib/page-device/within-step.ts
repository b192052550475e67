import { firstLineOf, RigError } from '../../../core/model/rig-error.ts';

export interface Step {
  /** The device, as evidence names it. */
  readonly person: string;
  /** German, e.g. „die Seite laden“. */
  readonly what: string;
  readonly deadlineMs: number;
}

/** One step of starting a device in a browser: what goes wrong in it, or never ends, is told by its name. */
export async function withinStep<T>(step: Step, work: () => Promise<T>): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(stuck(step, `kein Ende nach ${step.deadlineMs} ms`)), step.deadlineMs);
  try {
    return await Promise.race([work(), isLate]);
  } catch (thrown) {
    throw thrown instanceof RigError ? thrown : stuck(step, firstLineOf(thrown), thrown);
  } finally {
    clearTimeout(timer);
  }
}

const stuck = ({ person, what }: Step, why: string, cause?: unknown) =>
  new RigError(
    'toolFailed',
    {
      de: `Das Gerät von ${person} im Browser kam über einen Schritt nicht hinaus: ${what} (${why}).`,
      en: `The device of ${person} in the browser did not get past a step: ${what} (${why}).`,
    },
    { cause },
  );
