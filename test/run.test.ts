import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import resultsSchema from '../schemas/suite/results.schema.json' with { type: 'json' };
import { createValidator } from '../schemas/validator.ts';
import { countConcluded, onlyRun, processesNaming, startPruefstand, until } from './lib/pruefstand.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The run's private folder, known from where its certificate authority lay. */
function scratchFolderOf(run: string): string {
  const [started = ''] = readFileSync(join(run, 'journal.ndjson'), 'utf8').split('\n', 1);
  const [scratch] = /[^"]*\/pruefstand-[^/"]+/.exec(started) ?? [];
  return scratch ?? expect.fail('the first entry of the journal names no scratch folder');
}

function expectNothingLeft(run: string): Promise<void> {
  const scratch = scratchFolderOf(run);
  const gone = () => !existsSync(scratch) && processesNaming(scratch).length === 0;
  return until(`neither ${scratch} nor a process that uses it is left`, gone, 15_000);
}

test('a run of two families journals every conclusion, judges, and writes valid results', async () => {
  const { status, stdout, stderr } = await startPruefstand(
    ['run', '--provider', 'process', '--only', 'policy,accessibility', '--json'],
    folder,
  ).ended;
  const summary = JSON.parse(stdout) as {
    directory: string;
    provider: string;
    outcomes: Record<string, number>;
    exitCode: number;
  };
  expect(summary.outcomes['rigFault'], stderr).toBe(0);
  expect(summary.outcomes['passed']).toBeGreaterThanOrEqual(6);
  expect(summary.provider).toBe('process');
  expect(summary.exitCode).toBe(status);
  const report = join(folder, summary.directory, 'report');
  const results: { tools: object } = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8'));
  expect(createValidator(resultsSchema)(results)).toEqual([]);
  const instruments = ['synapse', 'matrix-react-sdk', 'node', 'k6', 'chromium', 'matrix-js-sdk', 'axe-core'];
  expect(Object.keys(results.tools)).toEqual(expect.arrayContaining(instruments));
  expect(readFileSync(join(report, 'index.html'), 'utf8')).toContain('<html lang="de">');
  expect(readFileSync(join(report, 'junit.xml'), 'utf8')).toContain('testsuite name="accessibility"');
  const verified = await startPruefstand(['verify', summary.directory, '--json'], folder).ended;
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] });
  const gate = await startPruefstand(['gate', 'pilot', summary.directory, '--json'], folder).ended;
  expect(gate.status).toBe(status);
  expect(JSON.parse(gate.stdout)).toMatchObject({ stage: 'pilot', decision: 'no-go' });
  await expectNothingLeft(join(folder, summary.directory));
});

describe('a run that ends early', () => {
  async function startAndWaitForConclusions() {
    const started = startPruefstand(['run', '--provider', 'process', '--only', 'conformance'], folder);
    const concluded = () => {
      const run = onlyRun(join(folder, 'runs'));
      return run !== undefined && countConcluded(run) >= 3;
    };
    await until('three checks have concluded', concluded, 90_000);
    const run = onlyRun(join(folder, 'runs'));
    if (run === undefined) throw new Error('the run folder vanished');
    return { ...started, run };
  }

  test('killed in the middle it leaves a journal from which the report renders, and nothing else', async () => {
    const { child, ended, run } = await startAndWaitForConclusions();
    child.kill('SIGKILL');
    await ended;
    const concluded = countConcluded(run);
    const report = await startPruefstand(['report', run], folder).ended;
    expect(report.status, report.stderr).toBe(0);
    const page = readFileSync(join(run, 'report', 'index.html'), 'utf8');
    expect(page).toContain('vor seinem Ende abgebrochen');
    const results = JSON.parse(readFileSync(join(run, 'report', 'results.json'), 'utf8')) as {
      complete: boolean;
      checks: { outcome: { kind: string } }[];
    };
    expect(results.complete).toBe(false);
    expect(results.checks.filter(({ outcome }) => outcome.kind === 'notRun').length).toBeGreaterThan(0);
    expect(results.checks.filter(({ outcome }) => outcome.kind !== 'notRun').length).toBe(concluded);
    await expectNothingLeft(run);
  });

  test('interrupted by Ctrl-C it tidies up, keeps what was concluded, and does not exit 0', async () => {
    const { child, ended, run } = await startAndWaitForConclusions();
    child.kill('SIGINT');
    const { status } = await ended;
    const results = JSON.parse(readFileSync(join(run, 'report', 'results.json'), 'utf8')) as {
      verdicts: { violated: number };
    };
    // A violation seen before the interruption stays one.
    expect(status).toBe(results.verdicts.violated > 0 ? 1 : 3);
    const last = readFileSync(join(run, 'journal.ndjson'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ event: { type: 'runFinished', interrupted: true } });
    expect(existsSync(join(run, 'report', 'index.html'))).toBe(true);
    await expectNothingLeft(run);
  });
});
