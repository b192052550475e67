import type { Outcome } from '../../core/model/outcome.ts';
import { systemClock } from '../../core/system-clock.ts';
import { asItIs, type Equip } from '../lib/instruments.ts';
import { createRecorder } from './recorder.ts';
import type { Recording, RunTape } from './recording.ts';

export interface Recordings {
  /** Records every run of a check without a defect, the last one of each check. */
  readonly equip: Equip;
  /** Undefined when that check was not run. */
  of(check: string, outcome: Outcome): Recording | undefined;
}

export function createRecordings(): Recordings {
  const runs = new Map<string, { readonly seed: string; readonly tape: RunTape }>();
  return {
    equip: (bench, { meta }, { seed, defect }) => {
      if (defect !== undefined) return asItIs(bench);
      const { instruments, tape } = createRecorder(bench, systemClock);
      runs.set(meta.id, { seed, tape });
      return instruments;
    },
    of: (check, outcome) => {
      const run = runs.get(check);
      return run && { check, outcome, seed: run.seed, ...run.tape };
    },
  };
}
