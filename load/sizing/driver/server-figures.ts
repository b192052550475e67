import type { ServerFigures } from '../measured-run.ts';
import type { Program, ServerProcess } from './server-processes.ts';

export interface ServerSample {
  readonly atMs: number;
  readonly processes: readonly ServerProcess[];
}

/** What each program used between two samples; `cores`: how many the server may use. */
export function serverFigures(begin: ServerSample, end: ServerSample, cores: number): ServerFigures {
  const seconds = Math.max(0.001, (end.atMs - begin.atMs) / 1_000);
  const before = new Map(begin.processes.map((process) => [process.pid, process]));
  const used = end.processes.map((process) => ({
    ...process,
    cpuCores: Math.max(0, process.cpuSeconds - (before.get(process.pid)?.cpuSeconds ?? 0)) / seconds,
    writtenPerSecond: writtenSince(process, before.get(process.pid)) / seconds,
  }));
  const by = (pick: (process: (typeof used)[number]) => number) => sumByProgram(used, pick);
  const cpuCores = by((process) => process.cpuCores);
  return {
    utilisation: used.length === 0 ? {} : utilisationOf(used, cpuCores, cores),
    cpuCores,
    residentMib: by((process) => process.residentMib),
    writtenBytesPerSecond: by((process) => process.writtenPerSecond),
  };
}

const writtenSince = (process: ServerProcess, earlier: ServerProcess | undefined) =>
  Math.max(0, (process.writtenBytes ?? 0) - (earlier?.writtenBytes ?? 0));

function sumByProgram<Item extends { readonly program: Program }>(
  items: readonly Item[],
  pick: (item: Item) => number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const item of items) sums[item.program] = (sums[item.program] ?? 0) + pick(item);
  return sums;
}

type Used = Pick<ServerProcess, 'program'> & { readonly cpuCores: number };

/** Synapse's processes can each use a single core; the others share all that the server has. */
function utilisationOf(used: readonly Used[], cpuCores: Readonly<Record<string, number>>, cores: number) {
  const busiestSynapse = Math.max(0, ...used.filter(({ program }) => program === 'synapse').map((own) => own.cpuCores));
  const others = Object.entries(cpuCores).filter(([program]) => program !== 'synapse');
  const all = Object.values(cpuCores).reduce((sum, value) => sum + value, 0);
  return {
    synapse: busiestSynapse,
    ...Object.fromEntries(others.map(([program, value]) => [program, value / cores])),
    'server cores': all / cores,
  };
}
