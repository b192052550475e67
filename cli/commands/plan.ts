import { planRun } from '../../core/plan/plan-run.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { parseOptions } from '../options.ts';
import { availableCapabilities } from '../run/available.ts';
import { discoverAll } from '../run/catalogue.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'the plan of a run without executing it',
  de: 'der Plan eines Laufs, ohne ihn auszuführen',
};

export const help = {
  en: `npx pruefstand plan [options of run] [--json]

Opens the target only to see what it offers, and shows which checks would run and what becomes of the others.`,
  de: `npx pruefstand plan [Optionen von run] [--json]

Öffnet das Ziel nur, um zu sehen, was es bietet, und zeigt, welche Prüfungen liefen und was aus den anderen wird.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, runOptions);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  using interruption = listenForInterruption((line) => console.error(line));
  await using deployment = await deployTarget({
    configuration,
    runId: newRunId('plan', new Date()),
    runFolder: configuration.runs,
    progress: tell,
    signal: interruption.signal,
  });
  const entries = (await discoverAll()).flatMap(({ checks }) => checks);
  const { only, depth } = configuration;
  const available = availableCapabilities(deployment.bench);
  const plan = planRun({ entries, available, depth, ...(only && { only }) });
  if (values['json']) console.log(JSON.stringify(plan, null, 2));
  else
    for (const { id, decided } of plan) console.log(decided && 'reason' in decided ? `${id} – ${decided.reason}` : id);
  return 0;
}
