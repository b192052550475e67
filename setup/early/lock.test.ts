import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from './lock.mjs';
import { identityOf } from './process-identity.mjs';

const newLockFile = () => join(mkdtempSync(join(tmpdir(), 'setup-lock-')), 'setup.lock');
const short = { deadlineMs: 0 };

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  return child.pid ?? 0;
}

test('a held lock makes the next one wait, and give up by its deadline with the holder named', async () => {
  const path = newLockFile();
  const lock = await acquireLock(path, short);
  const waiting: number[] = [];
  await expect(acquireLock(path, { ...short, onWait: (pid) => waiting.push(pid) })).rejects.toThrow(
    `another set-up (process ${process.pid})`,
  );
  expect(waiting).toEqual([process.pid]);
  lock.release();
});

test('a released lock is free and leaves nothing behind', async () => {
  const path = newLockFile();
  const lock = await acquireLock(path, short);
  lock.addProcess(process.pid);
  lock.release();
  lock.removeProcess(process.pid);
  (await acquireLock(path, short)).release();
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('the lock of a process that is gone is taken over', async () => {
  const path = newLockFile();
  writeFileSync(path, JSON.stringify([{ pid: await endedProcess(), startedTicks: '1' }]));
  const lock = await acquireLock(path, short);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([identityOf(process.pid)]);
  lock.release();
});

test('a process that only has the number of the former holder does not hold the lock', async () => {
  const path = newLockFile();
  writeFileSync(path, JSON.stringify([{ pid: process.pid, startedTicks: '1' }]));
  (await acquireLock(path, short)).release();
  expect(existsSync(path)).toBe(false);
});

test('an installer that outlives its set-up still holds the lock until it has ended', async () => {
  const path = newLockFile();
  const installer = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(installer, 'spawn');
  const { pid = 0 } = installer;
  const gone = { pid: await endedProcess(), startedTicks: '1' };
  writeFileSync(path, JSON.stringify([gone, identityOf(pid)]));
  await expect(acquireLock(path, short)).rejects.toThrow(`process ${pid}`);
  const waiting = acquireLock(path, { deadlineMs: 10_000 });
  installer.stdin.end();
  (await waiting).release();
  expect(identityOf(pid)).toBeUndefined();
});
