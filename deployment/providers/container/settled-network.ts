import { readFile } from 'node:fs/promises';
import { waitUntil } from '../../wait.ts';

/** Linux lists every IPv6 address of the machine here: address, index, prefix length, scope, flags (hex), interface. */
const addressFile = '/proc/net/if_inet6';

/** IFA_F_TENTATIVE in linux/if_addr.h: the kernel still looks for a second owner of the address. */
const tentative = 0x40;

/** The kernel reports an interface that came up at most once a second, and only then gives it an address. */
const quietMs = 1_200;

/**
 * Each container brings an interface whose address becomes valid a second or two after its start. In that moment Chromium drops
 * every connection that is being made (ERR_NETWORK_CHANGED), and a page stays half loaded.
 */
export async function networkSettled(signal: AbortSignal | undefined): Promise<void> {
  const isSettled = settling(performance.now());
  const look = async () => isSettled(await addressTable(), performance.now());
  await waitUntil('IPv6 (Docker)', look, { deadlineMs: 15_000, signal });
}

/** Tells for each look at the table whether it has been the same, without addresses still being checked, for `quietMs`. */
export function settling(startMs: number): (table: string, nowMs: number) => boolean {
  let before: string | undefined;
  let quietSinceMs = startMs;
  return (table, nowMs) => {
    if (table !== before || hasTentativeAddress(table)) quietSinceMs = nowMs;
    before = table;
    return nowMs - quietSinceMs >= quietMs;
  };
}

const hasTentativeAddress = (table: string): boolean =>
  table
    .split('\n')
    .map((line) => Number.parseInt(line.trim().split(/\s+/)[4] ?? '0', 16))
    .some((flags) => (flags & tentative) !== 0);

/** Empty where the machine has no IPv6 or is no Linux: then no such address appears. */
export const addressTable = (): Promise<string> => readFile(addressFile, 'utf8').catch(() => '');
