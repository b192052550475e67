import { readFileSync } from 'node:fs';

/**
 * A process, told apart from a later one with the same number by when it started (clock ticks since boot).
 * @typedef {{ pid: number, startedTicks: string }} ProcessIdentity
 */

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined} undefined when no such process lives; a zombie does not
 */
export function identityOf(pid) {
  const stat = readStat(pid);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may itself contain spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : { pid, startedTicks: fields[19] ?? '' };
}

/** @param {ProcessIdentity} process */
export function isAlive({ pid, startedTicks }) {
  return identityOf(pid)?.startedTicks === startedTicks;
}

/** @param {number} pid */
function readStat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}

/** @param {unknown} thrown */
function isGone(thrown) {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH');
}
