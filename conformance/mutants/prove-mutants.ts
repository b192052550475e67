import { createRandom } from '../../core/random.ts';
import type { Recording } from '../replay/recording.ts';
import { exclusionOf } from './exclusions.ts';
import { foreignIdentifiersFor } from './foreign-identifiers.ts';
import type { Mutant } from './mutant.ts';
import { mutantFactsIn } from './mutant-facts.ts';
import { type MutationReport, mutationReport } from './mutation-report.ts';
import { sampleMutants } from './sample.ts';
import { mutantClassesOf } from './sites.ts';
import { tryMutants } from './try-mutants.ts';

export interface MutationOptions {
  readonly recordings: readonly Recording[];
  /** How many mutants at most. */
  readonly budget: number;
  readonly seed: string;
  readonly signal: AbortSignal;
  onProgress?(tried: number, of: number): void;
}

/** Replays every check over falsified recordings of itself and counts the lies it notices. The same seed and recordings give the same numbers. */
export async function proveMutants(options: MutationOptions): Promise<MutationReport> {
  const { recordings, signal, onProgress } = options;
  const mutants = chooseMutants(options);
  const factsOf = mutantFactsIn(recordings);
  const { tried, notReplayable } = await tryMutants({
    recordings,
    mutants,
    signal,
    onProgress: (count) => onProgress?.(count, mutants.length),
  });
  const judged = mutants.flatMap((mutant) => {
    const one = tried.get(mutant);
    return one === undefined ? [] : [{ ...one, mutant, exclusion: exclusionOf(factsOf(mutant)) }];
  });
  return mutationReport(judged, notReplayable);
}

/** Of what ends without a result nothing could be noticed; nothing is learnt from it. */
const hasResult = ({ outcome: { kind } }: Recording): boolean => kind === 'passed' || kind === 'failed';

export function chooseMutants({
  recordings,
  budget,
  seed,
}: Pick<MutationOptions, 'recordings' | 'budget' | 'seed'>): readonly Mutant[] {
  const foreignFor = foreignIdentifiersFor(recordings);
  const classes = recordings
    .filter(hasResult)
    .map((recording) =>
      mutantClassesOf(recording, foreignFor(recording.check), createRandom(`${seed}/${recording.check}`)),
    );
  return sampleMutants(classes, budget, createRandom(`${seed}/sample`));
}
