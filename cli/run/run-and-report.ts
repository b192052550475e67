import { join } from 'node:path';
import type { CheckMeta } from '../../core/model/check.ts';
import { textIn } from '../../core/model/text.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { Deployment } from '../../deployment/provider.ts';
import { JournalWriter } from '../../reports/journal/journal-writer.ts';
import { createRunFolder, type RunFolder, removeUnusedRunFolder } from '../../reports/journal/run-folder.ts';
import { storageError } from '../../reports/journal/storage-error.ts';
import { keepCatalogue, loadRun } from '../../reports/load-run.ts';
import { renderReport } from '../../reports/render-report.ts';
import type { ReportModel } from '../../reports/report-model.ts';
import { readCatalogue } from '../../schemas/catalogue-reader.ts';
import { readKnownDeviations } from '../../schemas/deviation-reader.ts';
import type { Configuration } from '../configuration.ts';
import { runCampaign } from './campaign.ts';
import { discoverAll, type FamilyChecks } from './catalogue.ts';
import { deployTarget } from './deploy-target.ts';
import { instrumentVersions } from './instrument-versions.ts';
import { listenForInterruption } from './interruption.ts';
import { createProgress, type Progress } from './progress.ts';
import { newRunId } from './run-id.ts';
import { suiteVersion } from './version.ts';

export interface FinishedRun {
  readonly directory: string;
  readonly model: ReportModel;
  /** With the start and the end of the target. */
  readonly durationMs: number;
  /** Path of the report for people. */
  readonly report: string;
}

/** Plan, execute every check so many times, judge, render. What was concluded is on the disk whatever happens after. */
export async function runAndReport(
  configuration: Configuration,
  write: (line: string) => void,
  { times = 1, isWanted }: RunExtent = {},
): Promise<FinishedRun> {
  const runId = newRunId(configuration.stage, new Date());
  const directory = join(configuration.runs, runId);
  const families = await discoverAll();
  const counted = families
    .filter(({ family }) => configuration.only?.includes(family.name) ?? true)
    .flatMap(({ checks }) => checks.filter(({ meta }) => isDue(meta, configuration, isWanted)));
  const progress = createProgress(() => times * counted.length, write);
  const folder = createFolder(directory);
  const startedAt = Date.now();
  try {
    await execute({ configuration, runId, folder, families, progress, write, times, ...(isWanted && { isWanted }) });
  } finally {
    removeUnusedRunFolder(folder);
  }
  const durationMs = Date.now() - startedAt;
  const model = loadRun(directory);
  await renderReport(directory, model);
  return { directory, model, durationMs, report: join(directory, 'report', 'index.html') };
}

function createFolder(directory: string): RunFolder {
  try {
    return createRunFolder(directory);
  } catch (thrown) {
    throw storageError(directory, thrown);
  }
}

export interface RunExtent {
  readonly times?: number;
  /** Which checks, by id; without it all of the depth. */
  readonly isWanted?: (checkId: string) => boolean;
}

const isDue = (meta: CheckMeta, { depth }: Configuration, isWanted: RunExtent['isWanted']): boolean =>
  isWanted === undefined ? depth === 'full' || meta.depth !== 'full' : isWanted(meta.id);

interface Execution extends RunExtent {
  readonly times: number;
  readonly configuration: Configuration;
  readonly runId: string;
  readonly folder: RunFolder;
  readonly families: readonly FamilyChecks[];
  readonly progress: Progress;
  readonly write: (line: string) => void;
}

async function execute(execution: Execution): Promise<void> {
  const { configuration, runId, folder, families, progress, write, times, isWanted } = execution;
  using interruption = listenForInterruption(write);
  const { signal } = interruption;
  const { requirements } = await readCatalogue();
  const known = await readKnownDeviations(new Date());
  await using deployment = await deployTarget({
    configuration,
    runId,
    runFolder: folder.root,
    // All a campaign says is German, as its results are.
    progress: (text) => progress.step(textIn('de', text)),
    signal,
  });
  using journal = new JournalWriter(folder.journal, systemClock);
  const catalogueSha256 = keepCatalogue(folder, requirements);
  journal.append(await runStarted(configuration, runId, deployment));
  await runCampaign({
    bench: deployment.bench,
    journal,
    evidenceFolder: folder.evidence,
    families,
    catalogueSha256,
    ...(configuration.only && { only: configuration.only }),
    depth: configuration.depth,
    ...(isWanted && { isWanted }),
    seed: configuration.seed,
    times,
    known,
    signal,
    progress,
    concluded: new Set(),
  });
  const isRemote = deployment.bench.target.provider === 'remote';
  progress.step(isRemote ? 'Die Verbindung zum Ziel wird beendet.' : 'Das Ziel wird abgebaut.');
}

async function runStarted({ stage, depth, seed }: Configuration, runId: string, { bench }: Deployment) {
  const { target } = bench;
  const tools = await instrumentVersions(bench);
  return { type: 'runStarted', runId, stage, depth, seed, suiteVersion: suiteVersion(), target, tools } as const;
}
