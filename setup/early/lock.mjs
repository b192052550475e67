import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identityOf, isAlive } from './process-identity.mjs';

/** @typedef {import('./process-identity.mjs').ProcessIdentity} ProcessIdentity */

/**
 * Held by this process and by the installers it started: those may outlive us when we are killed, and until
 * they have ended nobody else may touch what they write.
 * @typedef {{ addProcess(pid: number): void, removeProcess(pid: number): void, release(): void }} SetupLock
 */

const pollMs = 200;

/**
 * Resolves when no other set-up is under way in this folder.
 * @param {string} path
 * @param {{ deadlineMs: number, onWait?: (pid: number) => void }} options
 * @returns {Promise<SetupLock>}
 */
export async function acquireLock(path, { deadlineMs, onWait }) {
  mkdirSync(dirname(path), { recursive: true });
  const self = identityOf(process.pid) ?? { pid: process.pid, startedTicks: '' };
  const endsAt = Date.now() + deadlineMs;
  for (let told = false; !tryLock(path, self); await delay(pollMs)) {
    const [holder] = livingHolders(readOrEmpty(path));
    if (holder === undefined) continue;
    if (!told) onWait?.(holder.pid);
    told = true;
    if (Date.now() > endsAt) {
      throw new Error(
        `${path}: another set-up (process ${holder.pid}) has not ended within ${Math.round(deadlineMs / 60_000)} minutes; end it and start again`,
      );
    }
  }
  return heldLock(path, self);
}

/**
 * @param {string} path
 * @param {ProcessIdentity} self
 */
function tryLock(path, self) {
  const own = `${path}.${self.pid}`;
  writeFileSync(own, JSON.stringify([self]));
  try {
    removeStale(path, own);
    return linkIfFree(own, path);
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Two may find the same stale lock; moving it aside lets only one of them remove it, and whoever caught a fresh lock
 * instead puts it back.
 * @param {string} path
 * @param {string} own
 */
function removeStale(path, own) {
  const found = readOrEmpty(path);
  if (found === '' || livingHolders(found).length > 0) return;
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    throw thrown;
  }
  if (livingHolders(readOrEmpty(aside)).length > 0) linkIfFree(aside, path);
  rmSync(aside, { force: true });
}

/**
 * @param {string} from
 * @param {string} path
 */
function linkIfFree(from, path) {
  try {
    linkSync(from, path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/**
 * @param {string} text
 * @returns {ProcessIdentity[]}
 */
function livingHolders(text) {
  if (text === '') return [];
  return /** @type {ProcessIdentity[]} */ (JSON.parse(text)).filter(isAlive);
}

/**
 * @param {string} path
 * @param {ProcessIdentity} self
 * @returns {SetupLock}
 */
function heldLock(path, self) {
  let holders = [self];
  let isReleased = false;
  const write = () => {
    if (isReleased) return;
    writeFileSync(`${path}.${self.pid}`, JSON.stringify(holders));
    renameSync(`${path}.${self.pid}`, path);
  };
  return {
    addProcess(pid) {
      const identity = identityOf(pid);
      if (identity === undefined) return;
      holders.push(identity);
      write();
    },
    removeProcess(pid) {
      holders = holders.filter((holder) => holder.pid !== pid);
      write();
    },
    release() {
      isReleased = true;
      rmSync(path, { force: true });
    },
  };
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return '';
    throw thrown;
  }
}

/** @param {unknown} thrown */
function codeOf(thrown) {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
