import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { CheckOutcome } from '../../core/model/outcome.ts';
import { createConformanceFamily } from '../family.ts';
import type { ConformanceCheck } from '../lib/conformance-check.ts';
import { type Answering, type IndexedRecording, openReplay } from './replay.ts';

/** Runs a check over a recording of itself. Throws what the check throws. */
export async function replayCheck(
  check: ConformanceCheck,
  indexed: IndexedRecording,
  answering: Answering,
): Promise<CheckOutcome> {
  const { clock, instruments } = openReplay(indexed, answering, check.meta.timeoutMs);
  const family = createConformanceFamily(() => instruments);
  const run = async () => {
    await using runtime = await family.open(instruments.bench);
    await using open = await runtime.contextFor(check, { seed: indexed.recording.seed, signal: neverAborted });
    return await check.run(open.context);
  };
  return clock.passUntil(run());
}

const neverAborted: AbortSignalLike = {
  aborted: false,
  addEventListener: () => {},
  removeEventListener: () => {},
};
