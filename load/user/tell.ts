import type { LoadPlan } from '../scenarios/load-plan.ts';
import { type LoadRecord, recordPrefix } from '../scenarios/load-record.ts';
import { collectorFrom } from './collector.ts';

declare const console: { log(line: string): void };

const collector = collectorFrom(__ENV);

/** By line, the only way out of the k6 process that costs nothing per sample and breaks when the listener is gone; else to the collector. */
export function tell(record: LoadRecord): void {
  if (collector === undefined) console.log(recordPrefix + JSON.stringify(record));
  else collector.tell(record);
}

/** Resolves when nothing that was told is still under way. */
export async function allTold(): Promise<void> {
  await collector?.allTold();
}

/** The plan with its beginning of measuring, which only a collector's processes do not know before. */
export async function begun(plan: LoadPlan): Promise<LoadPlan> {
  return collector === undefined ? plan : collector.begun(plan);
}
