import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { availableParallelism, networkInterfaces } from 'node:os';
import type { Machine } from './machine-plan.ts';

/** What this machine offers for connections to that URL. On the loopback every address of 127.0.0.0/8 is ours. */
export async function machineHere(targetUrl: string): Promise<Machine> {
  return {
    cores: availableParallelism(),
    availableKib: Math.floor(process.availableMemory() / 1_024),
    openFiles: hardOpenFiles(readFileSync('/proc/self/limits', 'utf8')),
    portsPerAddress: portsIn(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')),
    sourceAddresses: (await isLoopback(targetUrl)) ? loopbackAddresses : ownAddresses(),
  };
}

const loopbackAddresses = Array.from({ length: 64 }, (_, index) => `127.0.0.${index + 1}`);

/** k6 raises the soft limit to the hard one by itself. */
export function hardOpenFiles(limits: string): number {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(hard);
}

function portsIn(range: string): number {
  const [first = 0, last = -1] = range.trim().split(/\s+/).map(Number);
  return last - first + 1;
}

async function isLoopback(targetUrl: string): Promise<boolean> {
  const { hostname } = new URL(targetUrl);
  try {
    const { address } = await lookup(hostname, { family: 4 });
    return address.startsWith('127.');
  } catch (thrown) {
    // A name that only a proxy can resolve is no loopback.
    if (thrown instanceof Error && 'code' in thrown) return false;
    throw thrown;
  }
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}
