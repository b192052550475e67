import type { PodSize } from './manifest.ts';

/** Of the collector: it holds rows and ledgers of all people and enters one record per VU and second. */
export function collectorSize(users: number, vus: number): PodSize {
  return {
    memoryMib: 256 + 64 * Math.ceil((users * 16) / 1_024 / 64),
    cpuMillis: 200 + 100 * Math.ceil(vus / 100),
  };
}
