import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SizingConditions } from '../../../core/model/sizing.ts';
import { UsageError } from '../../../core/model/usage-error.ts';
import type { MeasuredRun } from '../measured-run.ts';

/** Everything measured so far, one line each, the conditions first: a sweep that was interrupted goes on from here. */
export interface StepsFile {
  readonly conditions: SizingConditions;
  readonly runs: readonly MeasuredRun[];
  add(run: MeasuredRun): Promise<void>;
}

/** Begins the file or takes it up again. Throws `UsageError` when it was measured under other conditions or cannot be read. */
export async function openStepsFile(path: string, wanted: SizingConditions): Promise<StepsFile> {
  const text = await readExisting(path);
  if (text === undefined) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(wanted)}\n`);
  }
  const { conditions, runs } = text === undefined ? { conditions: wanted, runs: [] } : parse(path, text);
  refuseOthers(path, conditions, wanted);
  if (text !== undefined && !text.endsWith('\n')) await writeFile(path, text.slice(0, text.lastIndexOf('\n') + 1));
  const all = [...runs];
  return {
    conditions: { ...conditions, runsPerStep: wanted.runsPerStep, pinning: wanted.pinning },
    get runs() {
      return all;
    },
    add: async (run) => {
      all.push(run);
      await appendFile(path, `${JSON.stringify(run)}\n`);
    },
  };
}

async function readExisting(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw new UsageError(
      { en: `${path} cannot be read: ${String(thrown)}`, de: `${path} ist nicht lesbar: ${String(thrown)}` },
      { cause: thrown },
    );
  }
}

/** A last line cut off by a sudden end is left out; it counted for nothing yet. */
function parse(path: string, text: string): { conditions: SizingConditions; runs: MeasuredRun[] } {
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  try {
    const [conditions, ...runs] = whole.map((line) => JSON.parse(line) as unknown);
    if (isConditions(conditions) && runs.every(isRun)) return { conditions, runs };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  throw new UsageError({
    en: `${path} holds no measurements of load size; name another folder with --out`,
    de: `${path} enthält keine Messungen von load size; mit --out einen anderen Ordner nennen`,
  });
}

const isConditions = (value: unknown): value is SizingConditions =>
  typeof value === 'object' && value !== null && 'scenario' in value && 'durationS' in value && 'machine' in value;

const isRun = (value: unknown): value is MeasuredRun =>
  typeof value === 'object' && value !== null && 'users' in value && 'delivered' in value && 'server' in value;

/** Runs under other conditions cannot be put together. */
function refuseOthers(path: string, found: SizingConditions, wanted: SizingConditions): void {
  const keys = ['target', 'scenario', 'seed', 'durationS', 'compression', 'profile'] as const;
  const other = keys.find((key) => found[key] !== wanted[key]);
  if (other === undefined) return;
  throw new UsageError({
    en: `${path} was measured with ${other} ${found[other]}, wanted is ${wanted[other]}; name another folder with --out`,
    de: `${path} wurde mit ${other} ${found[other]} gemessen, verlangt ist ${wanted[other]}; mit --out einen anderen Ordner nennen`,
  });
}
