import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Text } from '../core/model/text.ts';
import { UsageError } from '../core/model/usage-error.ts';
import { findDocker } from './find-docker.ts';
import { leftoversFile } from './guard/guard.ts';
import { type Leftover, removeLeftovers, startOfProcess } from './guard/leftovers.ts';
import { openLedger } from './ledger.ts';
import { removeCreations } from './providers/remote/clean.ts';
import { openConnection } from './providers/remote/connection.ts';
import { readTarget } from './providers/remote/read-target.ts';
import { scratchPrefix } from './scratch.ts';
import { delayUnless } from './wait.ts';

export interface CleanUpOptions {
  readonly runId: string;
  readonly runFolder: string;
  /** Needed to remove what the run made on a remote target. */
  readonly targetFile?: string;
  /** Told about what could not be removed. */
  progress(text: Text): void;
}

/** Removes what a killed run left here and, with its target file, on the target. One line for each thing removed. */
export async function cleanUpRun(options: CleanUpOptions): Promise<string[]> {
  const { runId } = options;
  const local = leftoversOnThisMachine(runId);
  await refuseWhileRunning(runId, local.owners);
  const docker = await findDocker();
  const containers: Leftover[] = docker === undefined ? [] : [{ kind: 'containers', docker, runId }];
  const removed = await removeLeftovers([
    ...local.leftovers.filter(({ kind }) => kind !== 'containers'),
    ...containers,
  ]);
  return [...removed, ...(await cleanTarget(options))];
}

interface Owner {
  readonly pid: number;
  readonly startedAt: string;
}

/** From the names of its folders and the notes its guard keeps in them. */
function leftoversOnThisMachine(runId: string): { leftovers: Leftover[]; owners: Owner[] } {
  const leftovers: Leftover[] = [];
  const owners: Owner[] = [];
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith('pruefstand-'))) {
    const path = join(tmpdir(), name);
    if (name.startsWith(scratchPrefix(runId))) leftovers.push({ kind: 'folder', path });
    const notes = join(path, leftoversFile);
    if (!existsSync(notes)) continue;
    for (const line of readFileSync(notes, 'utf8').split('\n').slice(0, -1)) {
      const note: { runId: string; owner: Owner; leftover: Leftover } = JSON.parse(line);
      if (note.runId !== runId) continue;
      leftovers.push(note.leftover);
      owners.push(note.owner);
    }
  }
  return { leftovers, owners };
}

const endingMs = 2_000;

async function refuseWhileRunning(runId: string, owners: readonly Owner[]): Promise<void> {
  for (const { pid, startedAt } of owners) {
    // A process that was just killed lives on for the moment in which its memory is given back.
    if (await delayUnless(async () => (await startOfProcess(pid)) !== startedAt, endingMs)) continue;
    throw new UsageError({
      de: `Der Lauf ${runId} läuft noch (Prozess ${pid}); ihn zuerst mit Strg-C beenden.`,
      en: `The run ${runId} is still running (process ${pid}); end it with Ctrl-C first.`,
    });
  }
}

async function cleanTarget({ runFolder, targetFile, progress }: CleanUpOptions): Promise<string[]> {
  const ledger = openLedger(runFolder);
  const open = ledger.open();
  if (open.length === 0) return [];
  if (targetFile === undefined) {
    throw new UsageError({
      de: `Der Lauf hat auf dem Ziel ${open.length} Sitzungen und Räume hinterlassen; zum Entfernen --target <Zieldatei> angeben.`,
      en: `The run left ${open.length} sessions and rooms on the target; pass --target <target file> to remove them.`,
    });
  }
  const source = readTarget(targetFile, new Date());
  await using connection = openConnection(source, ledger);
  return await removeCreations({ source, connection, ledger, progress });
}
