import { randomBytes } from 'node:crypto';

/** Sorts by time, names the stage, and two runs started in the same second differ. */
export function newRunId(stage: string, now: Date): string {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `${time}-${stage}-${randomBytes(3).toString('hex')}`;
}
