import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDebian, missingSystemParts, packagesOf } from './packages.ts';
import { forbidServices, policyIsLeftBehind } from './service-guard.ts';

describe('what is missing on the system', () => {
  const whole = { chromium: '/c', nginx: '/n', postgres: '/p', synapse: { version: '1', python: '/s' } };

  test('nothing when all is there; our own tests want Redis too', () => {
    expect(missingSystemParts('start', whole)).toEqual([]);
    expect(missingSystemParts('test', whole).map(({ part }) => part)).toEqual(['redis']);
  });

  test('each missing program is named by its package', () => {
    const missing = missingSystemParts('start', { synapse: whole.synapse, postgres: '/p' });
    expect(packagesOf(missing)).toEqual(['chromium', 'chromium-sandbox', 'fonts-liberation', 'nginx']);
  });
});

test.each([
  ['ID=debian\n', true],
  ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['ID=fedora\n', false],
  ['', false],
])('%j is of Debian’s kind: %s', (osRelease, expected) => {
  expect(isDebian(osRelease)).toBe(expected);
});

describe('services while packages are installed', () => {
  const newFile = () => join(mkdtempSync(join(tmpdir(), 'service-guard-')), 'policy-rc.d');

  test('are forbidden, and the policy goes when the installation has ended', () => {
    const file = newFile();
    const guard = forbidServices(file);
    expect(readFileSync(file, 'utf8')).toContain('exit 101');
    expect(statSync(file).mode & 0o111).toBe(0o111);
    guard[Symbol.dispose]();
    expect(existsSync(file)).toBe(false);
  });

  test('stay as the machine’s own policy says', () => {
    const file = newFile();
    writeFileSync(file, '#!/bin/sh\nexit 0\n');
    forbidServices(file)[Symbol.dispose]();
    expect(readFileSync(file, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
    expect(policyIsLeftBehind(file)).toBe(false);
  });

  test('are allowed again after an installation that was killed', () => {
    const file = newFile();
    forbidServices(file);
    expect(policyIsLeftBehind(file)).toBe(true);
    forbidServices(file)[Symbol.dispose]();
    expect(existsSync(file)).toBe(false);
  });
});
