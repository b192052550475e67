import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { identityOf } from './process-identity.mjs';
import { runInstaller, tellingLines } from './run-installer.mjs';

const folder = mkdtempSync(join(tmpdir(), 'run-installer-'));
const noLock = { addProcess: () => {}, removeProcess: () => {}, release: () => {} };

function call(script: string, changes: { signal?: AbortSignal; timeoutMs?: number } = {}) {
  const logFile = join(folder, 'log');
  return runInstaller({
    command: 'sh',
    args: ['-c', script],
    cwd: folder,
    env: process.env,
    logFile,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    lock: noLock,
    ...changes,
  });
}

test('what the installer says goes to the log', async () => {
  await call('echo good; echo bad >&2');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('good\nbad\n');
});

test('an installer that fails is named with its exit code', async () => {
  await expect(call('exit 7')).rejects.toThrow('sh -c exit 7 ended with exit code 7');
});

test('a program that is not there is named', async () => {
  const run = runInstaller({
    command: 'no-such-installer',
    args: [],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'log'),
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    lock: noLock,
  });
  await expect(run).rejects.toThrow('no-such-installer');
});

test('an installer that hangs is ended by its time limit', async () => {
  await expect(call('sleep 60', { timeoutMs: 200 })).rejects.toThrow('did not end within');
});

test('interruption ends the whole group, children of children too', async () => {
  const interruption = new AbortController();
  const running = call('sleep 60 & echo $! > child; wait', { signal: interruption.signal });
  const childFile = join(folder, 'child');
  await vi.waitFor(() => expect(existsSync(childFile) && readFileSync(childFile, 'utf8')).toMatch(/^\d+\n$/));
  interruption.abort();
  await expect(running).rejects.toThrow('abort');
  const child = Number(readFileSync(childFile, 'utf8'));
  await vi.waitFor(() => expect(identityOf(child)).toBeUndefined());
});

test('of a log the end is told, of npm’s its errors', () => {
  const logFile = join(folder, 'long');
  writeFileSync(logFile, 'one\n\ntwo\nthree\n');
  expect(tellingLines(logFile, 2)).toEqual(['two', 'three']);
  writeFileSync(logFile, 'npm error code EUSAGE\nnpm error\nnpm error out of sync\nUsage:\nand so on\n');
  expect(tellingLines(logFile)).toEqual(['npm error code EUSAGE', 'npm error out of sync']);
});
