import type { Bench } from '../../core/model/bench.ts';
import type { FamilyName } from '../../core/model/family.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { type CheckProof, proveChecks } from '../../core/run/prove-checks.ts';
import type { Configuration } from '../configuration.ts';
import { provingFamilies } from '../families.ts';
import { availableCapabilities } from '../run/available.ts';
import { discoverAll, type FamilyChecks } from '../run/catalogue.ts';
import { systemClock } from '../run/clock.ts';
import { createAbort } from '../run/create-abort.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export interface FamilyCounts {
  readonly name: FamilyName;
  readonly checks: number;
  readonly counterexamples: { readonly total: number; readonly red: number };
}

export interface ProofChoice {
  readonly isWanted: (checkId: string) => boolean;
  write(line: string): void;
}

/** Proves every wanted check that can run here, family after family, on one reference deployment. */
export async function proveFamilies(
  configuration: Configuration,
  { write, isWanted }: ProofChoice,
): Promise<readonly FamilyCounts[]> {
  using interruption = listenForInterruption(write);
  const { signal } = interruption;
  const all = await discoverAll(provingFamilies);
  const wanted = all
    .filter(({ family }) => configuration.only?.includes(family.name) ?? true)
    .map(({ family, checks }) => ({ family, checks: checks.filter(({ meta }) => isWanted(meta.id)) }))
    .filter(({ checks }) => checks.length > 0);
  if (wanted.length === 0) throw new UsageError(noSuchCheck);
  await using deployment = await deployTarget({
    configuration,
    runId: newRunId('prove', new Date()),
    runFolder: configuration.runs,
    progress: tell,
    signal,
  });
  const counts: FamilyCounts[] = [];
  for (const group of wanted)
    counts.push(await proveFamily({ ...group, bench: deployment.bench, seed: configuration.seed, signal, write }));
  return counts;
}

const noSuchCheck = {
  en: '--only and --check together name no check; npx pruefstand list shows them all',
  de: '--only und --check nennen zusammen keine Prüfung; npx pruefstand list zeigt alle',
};

interface FamilyProofOptions extends FamilyChecks {
  readonly bench: Bench;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly write: (line: string) => void;
}

async function proveFamily({ family, checks, bench, seed, signal, write }: FamilyProofOptions): Promise<FamilyCounts> {
  const available = availableCapabilities(bench);
  await using runtime = await family.open(bench);
  // A check that cannot run here keeps its counterexamples in the total: unproven is not proven.
  const able = checks.filter(({ meta }) => meta.needs.every((need) => available.has(need)));
  const proofs = await proveChecks({
    runtime,
    checks: able.map(({ check }) => check),
    concurrency: runtime.concurrency ?? family.concurrency,
    seed: `prove/${seed}`,
    clock: systemClock,
    signal,
    createAbort,
    onProven: (proof) => write(proofLines(proof)),
  });
  const red = proofs.flatMap(({ counterexamples }) => counterexamples.filter((one) => one.red)).length;
  const total = checks.reduce((sum, { counterexamples }) => sum + counterexamples.length, 0);
  return { name: family.name, checks: checks.length, counterexamples: { total, red } };
}

function proofLines({ check, control, counterexamples }: CheckProof): string {
  const lines = counterexamples.map(
    ({ title, red, run }) => `    ${red ? '✔ bemerkt' : `✘ NICHT bemerkt (${run.outcome.kind})`}: ${title}`,
  );
  return [`${check} – unverändert: ${control.outcome.kind}`, ...lines].join('\n');
}
