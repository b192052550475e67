import type { Recording } from '../../conformance/replay/recording.ts';
import { createRecordings } from '../../conformance/replay/recordings.ts';
import type { Bench } from '../../core/model/bench.ts';
import type { FamilyName } from '../../core/model/family.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { type ControlEnd, controlEnd, type TrueFindings } from '../../core/run/control-end.ts';
import { type CheckProof, proveChecks } from '../../core/run/prove-checks.ts';
import { systemClock } from '../../core/system-clock.ts';
import { visibleText } from '../../reports/visible-text.ts';
import { readTrueFindings } from '../../schemas/true-findings-reader.ts';
import type { Configuration } from '../configuration.ts';
import type { AnyCheck, DiscoveredCheck } from '../discover.ts';
import { provingFamilies } from '../families.ts';
import { availableCapabilities } from '../run/available.ts';
import { discoverAll, type FamilyChecks } from '../run/catalogue.ts';
import { createAbort } from '../run/create-abort.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';
import { countProofs } from './count-proofs.ts';

export interface FamilyProofs {
  readonly families: readonly FamilyCounts[];
  /** Of the untouched run of every conformance check that ran. */
  readonly recordings: readonly Recording[];
}

export interface FamilyCounts {
  readonly name: FamilyName;
  readonly checks: number;
  /** How many untouched runs ended in each way. */
  readonly controls: Readonly<Partial<Record<ControlEnd, number>>>;
  readonly counterexamples: { readonly total: number; readonly red: number };
  /** Counterexamples in which a device or a page of ours skips a safeguard; alarms that the untouched deployment gives no cause for. */
  readonly defects: { readonly total: number; readonly detected: number; readonly falseAlarms: number };
}

export interface ProofChoice {
  readonly isWanted: (checkId: string) => boolean;
  /** Whether checks run with their counterexamples too, or untouched only. */
  readonly withCounterexamples: boolean;
  write(line: string): void;
}

/** Proves every wanted check that can run here, family after family, on one reference deployment. */
export async function proveFamilies(
  configuration: Configuration,
  { write, isWanted, withCounterexamples }: ProofChoice,
): Promise<FamilyProofs> {
  using interruption = listenForInterruption(write);
  const { signal } = interruption;
  const recorded = createRecordings();
  const all = await discoverAll(provingFamilies(recorded));
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
  const known = await readTrueFindings();
  const proven: FamilyProof[] = [];
  for (const { family, checks } of wanted) {
    const how = { bench: deployment.bench, seed: configuration.seed, signal, write, known };
    const chosen = withCounterexamples ? checks : checks.map(untouchedOnly);
    proven.push(await proveFamily({ family, checks: chosen, ...how }));
  }
  const proofs = proven.flatMap((family) => family.proofs);
  return {
    families: proven.map(({ counts }) => counts),
    recordings: proofs.flatMap(({ check, control }) => recorded.of(check, control.outcome) ?? []),
  };
}

interface FamilyProof {
  readonly counts: FamilyCounts;
  readonly proofs: readonly CheckProof[];
}

/** As if it had no counterexamples. */
const untouchedOnly = (found: DiscoveredCheck): DiscoveredCheck => ({
  ...found,
  counterexamples: [],
  check: { ...found.check, counterexamples: [] as unknown as AnyCheck['counterexamples'] },
});

const noSuchCheck = {
  en: '--only and --check together name no check; npx pruefstand list shows them all',
  de: '--only und --check nennen zusammen keine Prüfung; npx pruefstand list zeigt alle',
};

interface FamilyProofOptions extends FamilyChecks {
  readonly bench: Bench;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly write: (line: string) => void;
  readonly known: TrueFindings;
}

async function proveFamily({
  family,
  checks,
  bench,
  seed,
  signal,
  write,
  known,
}: FamilyProofOptions): Promise<FamilyProof> {
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
    onProven: (proof) => write(proofLines(proof, known)),
  });
  return { proofs, counts: { name: family.name, ...countProofs(checks, proofs, known) } };
}

function proofLines({ check, control, counterexamples }: CheckProof, known: TrueFindings): string {
  const lines = counterexamples.flatMap(({ title, red, run }) =>
    red
      ? [`    ✔ bemerkt: ${title}`]
      : [`    ✘ NICHT bemerkt (${run.outcome.kind}): ${title}`, ...detailOf(run.outcome).map((line) => `    ${line}`)],
  );
  return [
    `${check} – unverändert: ${controlWords[controlEnd(check, control.outcome, known)]}`,
    ...detailOf(control.outcome),
    ...lines,
  ].join('\n');
}

const controlWords: Readonly<Record<ControlEnd, string>> = {
  green: 'bestanden',
  trueFindings: 'Abweichung, die es wirklich gibt',
  falseAlarm: 'FEHLALARM',
  notApplicable: 'nicht anwendbar',
  open: 'OFFEN',
  rigFault: 'PRÜFSTAND GESTÖRT',
};

/** Why a run did not simply pass. */
function detailOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'passed') return [];
  if (outcome.kind !== 'failed') return [`    ${outcome.kind === 'rigFault' ? outcome.message : outcome.reason}`];
  return outcome.findings.map(({ code, where, observed }) => `    ${code} (${where}): ${visibleText(observed)}`);
}
