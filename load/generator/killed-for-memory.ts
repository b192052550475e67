import { readFileSync } from 'node:fs';

/** Tells afterwards whether a process that ended did so because memory ran out: the kernel counts whom it killed for that. */
export function killedForMemory() {
  const before = kills();
  return {
    wasReached: (exitCode: number | null, messages: readonly string[]): boolean =>
      (exitCode === null && kills() > before) || messages.some((line) => line.includes('out of memory')),
  };
}

function kills(): number {
  return Number(/^oom_kill (\d+)/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
}
