import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'cli-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pruefstand(args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'cli/main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PRUEFSTAND_LANG: 'en', ...environment },
    timeout: 60_000,
  });
  return { status, stdout, stderr, firstLine: stderr.split('\n').find((line) => !line.startsWith('·')) ?? '' };
}

const permissions = {
  mayMutate: true,
  mayStress: { users: 0 },
  until: '2999-01-01T00:00:00Z',
  grantedBy: { name: 'A. Muster', role: 'IT', date: '2026-01-01' },
};

function targetFile(name: string, changes: object): string {
  const path = join(folder, name);
  const target = { name: 'x', serverName: 'x.example', homeserverUrl: 'http://127.0.0.1:1', accounts: [], permissions };
  writeFileSync(path, JSON.stringify({ ...target, ...changes }));
  return path;
}

writeFileSync(join(folder, 'staging.json'), '{}');

test.each([
  [['rum'], 'unknown command rum; did you mean run?'],
  [['load'], 'load needs a second word: load clean, load collect, load kubernetes, load run, load size'],
  [['images', '--help'], 'images needs a second word: images build'],
  [['--lang', 'fr', 'list'], '--lang must be de or en, got fr'],
  [['run', '--stagge', 'pilot'], 'unknown option --stagge; did you mean --stage?'],
  [['run', '--only', 'encription'], '--only must be one of'],
  [['run', '--target', 'absent.json'], 'absent.json'],
  [['run', 'foo'], 'unexpected word foo'],
  [['run', 'staging.json'], 'did you mean --target staging.json?'],
  [['verify', 'runs/none', 'foo'], 'unexpected word foo'],
  [['report', 'runs/none'], 'no run runs/none'],
  [['report'], 'name a run'],
  [['gate', 'final', 'runs/none'], '--stage must be one of pilot'],
])('%j is wrong use: one clear line and exit code 2', (args, message) => {
  const { status, firstLine } = pruefstand(args);
  expect(firstLine).toContain(message);
  expect(status).toBe(2);
});

test('coverage tells as JSON what tools rely on', () => {
  const { stdout } = pruefstand(['coverage', '--json']);
  const coverage: Record<string, Record<string, unknown>> = JSON.parse(stdout);
  const keys = Object.fromEntries(Object.entries(coverage).map(([part, of]) => [part, Object.keys(of)]));
  expect(keys).toMatchObject({
    operations: expect.arrayContaining(['total', 'exercised', 'validated', 'declared', 'unexplained']),
    rows: expect.arrayContaining(['total', 'built', 'elsewhere', 'notBuilt']),
    requirements: expect.arrayContaining(['total', 'automatic', 'partly', 'manual', 'uncovered']),
    attacks: ['total', 'built', 'notBuilt'],
    scenarios: ['total', 'built'],
  });
});

test('PRUEFSTAND_LANG knows the same languages as --lang', () => {
  const { status, firstLine } = pruefstand(['list'], { PRUEFSTAND_LANG: 'fr' });
  expect([status, firstLine]).toEqual([2, 'PRUEFSTAND_LANG must be de or en, got fr']);
});

test('a language alone, a version and help for one command are answered', () => {
  expect(pruefstand(['--lang', 'de']).stdout).toContain('Aufruf: npx pruefstand');
  expect(pruefstand(['--lang', 'de', '--help'])).toMatchObject({ status: 0 });
  expect(pruefstand(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(pruefstand(['help', 'load', 'run']).stdout).toContain('npx pruefstand load run <scenario>');
  expect(pruefstand(['help']).stdout).toMatch(/^ {2}self-test /m);
});

test('errors come in German when asked', () => {
  expect(pruefstand(['rum', '--lang', 'de']).firstLine).toContain('Unbekannter Befehl rum');
});

test('an invalid target file names the file and the key', () => {
  const path = targetFile('invalid.json', { permissions: { ...permissions, until: 'tomorrow' } });
  const { status, firstLine } = pruefstand(['run', '--target', path]);
  expect(firstLine).toContain(path);
  expect(firstLine).toContain('/permissions/until');
  expect(status).toBe(2);
});

test('a permission that has ended stops before anything is sent', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const path = targetFile('expired.json', {
    homeserverUrl: `http://127.0.0.1:${port}`,
    permissions: { ...permissions, until: '2020-01-01T00:00:00Z' },
  });
  const { status, firstLine } = pruefstand(['run', '--target', path, '--runs', 'refused']);
  server.close();
  expect(firstLine).toMatch(/permission.*2020-01-01/);
  expect(status).toBe(2);
  expect(connections).toBe(0);
  expect(readdirSync(join(folder, 'refused'))).toEqual([]);
});

test('an unreachable target is named with its address, exit code 3', () => {
  const { status, firstLine } = pruefstand(['run', '--target', targetFile('unreachable.json', {})]);
  expect(firstLine).toContain('127.0.0.1:1');
  expect(status).toBe(3);
});

test('a runs folder that is a file is named, exit code 3', () => {
  const path = join(folder, 'occupied');
  writeFileSync(path, '');
  chmodSync(path, 0o400);
  const { status, firstLine } = pruefstand(['run', '--runs', join(path, 'runs'), '--only', 'policy']);
  expect(firstLine).toContain(`cannot write ${path}`);
  expect(status).toBe(3);
});

test.each(['/proc/x', '/proc/self/x/y'])('a runs folder at %s, where none can be made, ends at once', (runs) => {
  const { status, firstLine } = pruefstand(['run', '--runs', runs, '--only', 'policy']);
  expect(firstLine).toContain(`cannot write ${runs}`);
  expect(status).toBe(3);
});

test('a version of Synapse that containers do not have is wrong use and leaves nothing behind', () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const args = ['run', '--provider', 'container', '--synapse', '1.162.0', '--runs', 'refused'];
  const { status, firstLine } = pruefstand(args, { TMPDIR: temporary });
  expect(firstLine).toContain('--provider process');
  expect(status).toBe(2);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(join(folder, 'refused'))).toEqual([]);
});

test('list shows at least 15 conformance checks and one of each other family, each with counterexamples', () => {
  const { stdout, status } = pruefstand(['list', '--json']);
  const checks = JSON.parse(stdout) as {
    id: string;
    family: string;
    counterexamples: number;
    requirements: string[];
  }[];
  const count = (family: string) => checks.filter((check) => check.family === family).length;
  expect(status).toBe(0);
  expect(count('conformance')).toBeGreaterThanOrEqual(15);
  for (const family of ['policy', 'encryption', 'accessibility', 'load'])
    expect(count(family)).toBeGreaterThanOrEqual(1);
  expect(checks.filter(({ counterexamples }) => counterexamples === 0)).toEqual([]);
});

test('coverage names every requirement once: covered, for people, or uncovered', () => {
  const { stdout } = pruefstand(['coverage', '--json']);
  const { requirements } = JSON.parse(stdout) as {
    requirements: { total: number; automatic: number; partly: number; manual: number; uncovered: string[] };
  };
  expect(requirements.total).toBe(120);
  expect(requirements.automatic + requirements.partly + requirements.manual + requirements.uncovered.length).toBe(120);
});

test('coverage tells where all stands that encryption is held to, and ends red where something is unexplained', () => {
  const { stdout, status } = pruefstand(['coverage', '--json']);
  const { rows, encryption } = JSON.parse(stdout) as {
    rows: { unexplained: string[] };
    encryption: Record<
      'rows' | 'attacks' | 'requirements' | 'tests' | 'pairs' | 'places',
      { name: string; state: string }[]
    > & {
      stale: string[];
    };
  };
  const { stale, ...covers } = encryption;
  const counts = Object.entries(covers).map(([what, list]) => [what, list.length]);
  expect(Object.fromEntries(counts)).toEqual({
    rows: 50,
    attacks: 17,
    requirements: 23,
    tests: 38,
    pairs: 30,
    places: 7,
  });
  const open = Object.values(covers).flatMap((list) => list.filter(({ state }) => state === 'unexplained'));
  expect(status).toBe(open.length + stale.length + rows.unexplained.length === 0 ? 0 : 1);
});

test('help lists every command, and each explains itself', () => {
  const { stdout, status } = pruefstand(['help']);
  expect(status).toBe(0);
  for (const command of ['run', 'list', 'report', 'gate', 'verify', 'doctor']) {
    expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(pruefstand([command, '--help']).stdout).toContain(`npx pruefstand ${command}`);
  }
});
