// What the commands say about a run folder that somebody changed afterwards: the golden run, spoilt in one place.
import { appendFileSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPruefstand } from './lib/pruefstand.ts';

const golden = join(import.meta.dirname, 'golden/run');
let folder: string;
let run: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-commands-'));
  run = join(folder, 'run');
  cpSync(golden, run, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pruefstand = (...args: string[]) => startPruefstand(args, folder).ended;

function alterEvidence(): string {
  const [name = 'none'] = globSync('*.json', { cwd: join(run, 'evidence') });
  appendFileSync(join(run, 'evidence', name), 'x');
  return `Der Nachweis evidence/${name} wurde verändert: Seine Prüfsumme ist nicht die im Protokoll`;
}

function cutJournal(): void {
  const path = join(run, 'journal.ndjson');
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${lines.slice(0, 12).join('\n')}\n`);
}

describe('gate', () => {
  it('names altered evidence before everything else, and releases nothing', async () => {
    const problem = alterEvidence();
    const { status, stdout } = await pruefstand('gate', 'pilot', run);
    expect(stdout.split('\n').slice(0, 2)).toEqual(['Keine Freigabe.', `  Nicht unversehrt: ${problem}`]);
    expect(status).toBe(3);
    const json = await pruefstand('gate', 'pilot', run, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ decision: 'no-go', problems: [problem] });
  });

  it('releases nothing on a run without end, also after its report was rendered again', async () => {
    cutJournal();
    await pruefstand('report', run);
    const { status, stdout } = await pruefstand('gate', 'pilot', run);
    expect(stdout).toMatch(/^Keine Freigabe\.\n {2}Nicht unversehrt: Der Lauf hat kein Ende/);
    expect(status).toBe(3);
  });

  it('shows what is violated first and groups what is not assessed', async () => {
    const { status, stdout } = await pruefstand('gate', 'pilot', run);
    expect(status).toBe(1);
    expect(stdout).toContain('erfüllt 2 · verletzt 4 · nicht bewertet 7');
    expect(stdout.indexOf('Verletzt:')).toBeGreaterThan(0);
    expect(stdout.indexOf('Nicht bewertet (')).toBeGreaterThan(stdout.indexOf('Verletzt:'));
    expect(stdout).toContain('    1 konnte nicht geprüft werden, weil der Prüfstand gestört war');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('report', () => {
  it('renders a run with altered evidence, names it on stderr and in the page, and exits 1', async () => {
    const problem = alterEvidence();
    const { status, stdout, stderr } = await pruefstand('report', run);
    expect(status).toBe(1);
    expect(stderr).toBe(`Nicht unversehrt: ${problem}\n`);
    expect(stdout).toContain('index.html');
    expect(readFileSync(join(run, 'report/index.html'), 'utf8')).toContain(`${problem}.`);
  });

  it('names a journal that was cut after its results were written, and exits 1', async () => {
    cutJournal();
    const { status, stderr } = await pruefstand('report', run);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Nicht unversehrt: Das Protokoll endet nicht mit der Zeile, .*\n$/);
  });

  it('says nothing of a run that nobody changed', async () => {
    expect(await pruefstand('report', run)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('verify', () => {
  it('says that a cut journal has no end, also after its report was rendered again', async () => {
    cutJournal();
    await pruefstand('report', run);
    const { status, stdout } = await pruefstand('verify', run);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Ohne Ende: 12 Einträge/);
    expect(stdout).toContain('Der Lauf hat kein Ende');
    expect(JSON.parse((await pruefstand('verify', run, '--json')).stdout)).toMatchObject({
      ok: false,
      complete: false,
    });
  });

  it('names a file that was added to the evidence', async () => {
    writeFileSync(join(run, 'evidence/later.png'), 'x');
    const { status, stdout } = await pruefstand('verify', run);
    expect(status).toBe(1);
    expect(stdout).toContain('Die Datei evidence/later.png steht nicht im Protokoll');
  });
});
