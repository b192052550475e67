import type { MutationReport, SurvivorClass } from '../../conformance/mutants/mutation-report.ts';
import { proveMutants } from '../../conformance/mutants/prove-mutants.ts';
import type { Rates } from '../../conformance/mutants/rates.ts';
import type { Recording } from '../../conformance/replay/recording.ts';
import { listenForInterruption } from '../run/interruption.ts';

export interface RecordingProof {
  readonly report: MutationReport;
  readonly durationMs: number;
}

interface RecordingProofOptions {
  readonly recordings: readonly Recording[];
  readonly budget: number;
  readonly seed: number;
  write(line: string): void;
}

const wantedRate = 0.95;
const mostExcluded = 0.25;

/** Replays the recorded checks over falsified answers. */
export async function proveRecordings(options: RecordingProofOptions): Promise<RecordingProof> {
  const { recordings, budget, seed, write } = options;
  using interruption = listenForInterruption(write);
  const startedAt = Date.now();
  const report = await proveMutants({
    recordings,
    budget,
    seed: String(seed),
    signal: interruption.signal,
    onProgress: stepsOf(10, (tried, of) => write(`${tried} von ${of} Verfälschungen geprüft`)),
  });
  return { report, durationMs: Date.now() - startedAt };
}

/** Passes on only every so many hundredths of the way. */
function stepsOf(percent: number, tell: (done: number, of: number) => void) {
  let told = 0;
  return (done: number, of: number) => {
    const step = Math.floor((done / Math.max(1, of)) * (100 / percent));
    if (step > told) tell(done, of);
    told = step;
  };
}

/**
 * Whether enough lies are noticed and not too many excluded, somebody explained every kind that was not noticed, no check
 * took an unreadable body for a sound answer, and every check was seen to notice one.
 */
export const isEnough = (report: MutationReport): boolean => {
  const { constrained, excluded, survivors, byKind, blind, broken, notReplayable } = report;
  return (
    constrained.rate >= wantedRate &&
    excluded.share <= mostExcluded &&
    survivors.every(({ why }) => why !== undefined) &&
    (byKind['badBody']?.survived ?? 0) === 0 &&
    blind.length + notReplayable.length + Object.keys(broken).length === 0
  );
};

/** German lines for people. */
export function mutationLines({ report, durationMs }: RecordingProof): readonly string[] {
  const { mutants, constrained, all, excluded, survivors, broken, blind, notReplayable } = report;
  const unexplained = survivors.filter(({ why }) => why === undefined);
  return [
    `${mutants} Verfälschungen in ${Math.round(durationMs / 1000)} s, ${percent(excluded.share)} durch Regeln ausgenommen`,
    `bemerkt von denen, gegen die die Spezifikation spricht: ${shownRates(constrained)}`,
    `bemerkt von allen: ${shownRates(all)}`,
    ...rateLines('nach Art', report.byKind),
    ...rateLines('nach Operation', report.byOperation),
    ...rateLines('nach Prüfung', report.byCheck),
    `${survivors.length} Klassen unbemerkt, ${unexplained.length} davon ohne Erklärung`,
    ...unexplained.map(unexplainedLine),
    ...blind.map((check) => `✘ bemerkt keine einzige Verfälschung: ${check}`),
    ...notReplayable.map((check) => `✘ nicht wiederholbar: ${check}`),
    ...Object.entries(broken).map(([check, [message]]) => `✘ bricht an einer Verfälschung ab: ${check}: ${message}`),
  ];
}

const unexplainedLine = ({ operation, status, pattern, kind, checks: [check] }: SurvivorClass): string =>
  `✘ ohne Erklärung unbemerkt: ${kind} an ${operation} → ${status} ${pattern} (${check})`;

const rateLines = (title: string, rates: Readonly<Record<string, Rates>>): readonly string[] => [
  `${title}:`,
  ...Object.entries(rates).map(([name, its]) => `  ${name}: ${shownRates(its)}`),
];

const percent = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')} %`;

function shownRates({ rate, noticed, mutants, open }: Rates): string {
  return `${percent(rate)} (${noticed} von ${mutants}${open === 0 ? '' : `, ${open} offen`})`;
}
