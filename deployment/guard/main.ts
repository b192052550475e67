import { createInterface } from 'node:readline';
import { type Leftover, removeLeftovers } from './leftovers.ts';

/**
 * Runs beside the bench in a session of its own. Its standard input closes when the bench ends, however that happened,
 * SIGKILL included; then it removes whatever the bench told it about and did not take back.
 */
const held = new Map<string, Leftover>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { verb, leftover }: { verb: 'hold' | 'release'; leftover: Leftover } = JSON.parse(line);
  if (verb === 'hold') held.set(JSON.stringify(leftover), leftover);
  else held.delete(JSON.stringify(leftover));
}
await removeLeftovers([...held.values()]);
