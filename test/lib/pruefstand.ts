import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../cli/main.ts');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program in a process of its own. */
export function startPruefstand(
  args: readonly string[],
  folder: string,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, PRUEFSTAND_LANG: 'en' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

/** The folder of the only run below `runs`, once it exists. */
export function onlyRun(runs: string): string | undefined {
  const [journal] = globSync(join(runs, '*', 'journal.ndjson'));
  return journal && join(journal, '..');
}

export function countConcluded(run: string): number {
  return readFileSync(join(run, 'journal.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"type":"checkFinished"')).length;
}

/** Resolves when the condition holds; rejects with what was awaited after the deadline. */
export async function until(what: string, condition: () => boolean, deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Processes whose command line names the word, e.g. a run's scratch folder. */
export function processesNaming(word: string): readonly string[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((path) => {
    try {
      const command = readFileSync(path, 'utf8').replaceAll('\0', ' ');
      return command.includes(word) && !path.includes(`/${process.pid}/`) ? [command] : [];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}
