import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../core/model/usage-error.ts';
import { engineHosts } from './container-engine.ts';
import { findExecutable } from './lib/find-executable.ts';
import { locateChromium } from './locate.ts';

const folder = mkdtempSync(join(tmpdir(), 'locate-'));

function program(name: string, mode = 0o755): string {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}

test('the first name that can be executed is found, files without permission and folders are not', () => {
  mkdirSync(join(folder, 'first'));
  program('second', 0o644);
  const third = program('third');
  expect(findExecutable(['first', 'second', 'third'], folder)).toBe(third);
  expect(findExecutable(['first'], folder)).toBeUndefined();
});

test('PRUEFSTAND_CHROMIUM decides, and names a wrong path', () => {
  const browser = program('my-browser');
  expect(locateChromium({ PRUEFSTAND_CHROMIUM: browser })).toBe(browser);
  expect(() => locateChromium({ PRUEFSTAND_CHROMIUM: '/nowhere/chromium' })).toThrow(UsageError);
});

test('DOCKER_HOST alone decides where the engine is looked for', () => {
  expect(engineHosts({ DOCKER_HOST: 'tcp://127.0.0.1:2375' })).toEqual(['tcp://127.0.0.1:2375']);
});
