import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'cli-init-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pruefstand(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'cli/main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    env: { ...process.env, PRUEFSTAND_LANG: 'en' },
  });
  return { status, stdout, stderr };
}

const permissions = {
  mayMutate: true,
  mayStress: { users: 0 },
  until: '2999-01-01T00:00:00Z',
  grantedBy: { name: 'A. Muster', role: 'IT', date: '2026-01-01' },
};

const answers = ['Abnahme', 'x.example', 'https://matrix.x.example', '', '', '', '', '@a:x.example', 'env:A', ''];
const allowed = ['ja', '', '2999-01-01T00:00:00Z', 'A. Muster', 'IT', '2026-01-01'];

test('init takes piped answers, asks again after unusable ones and tells how to use the file', () => {
  const wrongFirst = ['Abnahme', 'ftp://x', ...answers.slice(1), ...allowed.slice(0, -1), '2026-13-45', '2026-01-01'];
  const { status, stderr, stdout } = pruefstand(['init', 'piped.json'], `${wrongFirst.join('\n')}\n`);
  expect(status, stderr).toBe(0);
  expect(stdout).toBe('piped.json\n');
  expect(stderr).toContain('16 let four checks run side by side');
  expect(stderr).toContain('npx pruefstand run --target piped.json');
  expect(JSON.parse(readFileSync(join(folder, 'piped.json'), 'utf8'))).toEqual({
    name: 'Abnahme',
    serverName: 'x.example',
    homeserverUrl: 'https://matrix.x.example',
    accounts: [{ userId: '@a:x.example', password: { env: 'A' } }],
    permissions,
  });
});

test.each([
  ['en', 'the input ended at the question "In which role": nothing was written'],
  ['de', 'Die Eingabe endete bei der Frage „In welcher Funktion“: Nichts wurde geschrieben'],
])('init names the question at which the input ended (%s)', (language, message) => {
  const input = `${[...answers, ...allowed.slice(0, 4)].join('\n')}\n`;
  const { status, stderr } = pruefstand(['init', 'ended.json', '--lang', language], input);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.at(-1)).toContain(message);
  expect(status).toBe(2);
  expect(existsSync(join(folder, 'ended.json'))).toBe(false);
});

test('init refuses a folder that is not there before the first question', () => {
  const { status, stderr } = pruefstand(['init', 'absent/target.json']);
  expect(stderr).toMatch(/^the folder .*absent does not exist/);
  expect(status).toBe(2);
});

test('accounts of another server than the one of the target file are refused', () => {
  const accounts = [{ userId: '@x:other.example', password: 'geheim' }];
  const target = { name: 'x', serverName: 'x.example', homeserverUrl: 'http://127.0.0.1:1', accounts, permissions };
  writeFileSync(join(folder, 'foreign.json'), JSON.stringify(target));
  const { status, stderr } = pruefstand(['run', '--target', 'foreign.json']);
  expect(stderr).toMatch(
    /key \/accounts\/0\/userId: the account @x:other\.example .* "serverName" is x\.example: correct/,
  );
  expect(stderr).not.toContain('geheim');
  expect(status).toBe(2);
});
