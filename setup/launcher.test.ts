import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from './places.ts';

/** A repository with the launcher and a command line that only says what it was given. */
function repository(): string {
  const root = mkdtempSync(join(tmpdir(), 'launcher-'));
  for (const path of ['cli/pruefstand.mjs', 'setup/early/language.mjs']) {
    cpSync(join(repositoryRoot, path), join(root, path), { recursive: true });
  }
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  const main = 'console.log(process.argv.slice(2).join(" "));\nprocess.exitCode = 3 as number;\n';
  writeFileSync(join(root, 'cli', 'main.ts'), main);
  return root;
}

function launch(root: string, language = 'en') {
  const env = { ...process.env, PRUEFSTAND_LANG: language };
  return spawnSync(process.execPath, [join(root, 'cli', 'pruefstand.mjs'), 'list', '--json'], {
    env,
    encoding: 'utf8',
  });
}

describe('the launcher', () => {
  test('says in one line what to do when nothing is installed, and ends with 2', () => {
    const { status, stderr } = launch(repository());
    expect(status).toBe(2);
    expect(stderr).toMatch(/^nothing is installed yet \(.*node_modules is missing\); run npm ci or npm start first\n$/);
    expect(launch(repository(), 'de').stderr).toMatch(/^Noch ist nichts installiert/);
  });

  test('passes arguments on and ends with the exit code of the command line', () => {
    const root = repository();
    mkdirSync(join(root, 'node_modules'));
    const { status, stdout, stderr } = launch(root);
    expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: 'list --json\n', stderr: '' });
  });
});
