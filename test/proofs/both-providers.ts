import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot } from '../../setup/places.ts';

/** Whether the reference deployment, made of processes or of containers, leads every check to an end of its own. */
const providers = ['process', 'container'] as const;
type Provider = (typeof providers)[number];

interface ProviderRun {
  readonly durationMs: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly exitCode: number;
  readonly ended: ReadonlyMap<string, string>;
}

interface Results {
  readonly checks: readonly { readonly id: string; readonly outcome: { readonly kind: string } }[];
}

async function runWith(provider: Provider, runs: string): Promise<ProviderRun> {
  const args = [join(repositoryRoot, 'cli', 'pruefstand.mjs'), 'run', '--provider', provider, '--runs', runs, '--json'];
  const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  const { directory, durationMs, outcomes, verdicts, exitCode } = JSON.parse(await text(child.stdout));
  const results: Results = JSON.parse(readFileSync(join(directory, 'report', 'results.json'), 'utf8'));
  const ended = new Map(results.checks.map(({ id, outcome }) => [id, outcome.kind]));
  return { durationMs, outcomes, verdicts, exitCode, ended };
}

const runs = mkdtempSync(join(tmpdir(), 'pruefstand-proof-'));
try {
  const [asProcesses, inContainers] = [await runWith('process', runs), await runWith('container', runs)];
  const ids = [...new Set([...asProcesses.ended.keys(), ...inContainers.ended.keys()])].toSorted();
  const checks = ids.map((id) => ({
    id,
    process: asProcesses.ended.get(id) ?? 'missing',
    container: inContainers.ended.get(id) ?? 'missing',
  }));
  const isConcluded = (kind: string) => kind === 'passed' || kind === 'failed';
  const open = checks.filter((check) => !isConcluded(check.process) || !isConcluded(check.container));
  const summary = ({ ended: _, ...run }: ProviderRun) => run;
  const proof = {
    command: 'npm run proof:providers',
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    process: summary(asProcesses),
    container: summary(inContainers),
    sameIdsConcluded: open.length === 0,
    differing: checks.filter((check) => check.process !== check.container),
    checks,
  };
  writeFileSync(join(repositoryRoot, 'docs', 'proofs', 'both-providers.json'), `${JSON.stringify(proof, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify({ ...proof, checks: checks.length, open }, null, 2)}\n`);
  process.exitCode = open.length === 0 ? 0 : 1;
} finally {
  rmSync(runs, { recursive: true, force: true });
}
