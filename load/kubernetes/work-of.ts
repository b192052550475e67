import { expectedDeliveries, type Schedule } from '../generator/plan-load.ts';
import type { Scale } from '../scenarios/scenario.ts';

const pollS = 30;

/** Requests of all people per second while measuring: idle polls, polls answered with a message, and messages sent. */
export function requestsPerSecond(schedule: Schedule, { users, durationS }: Scale): number {
  const deliveries = expectedDeliveries(schedule)
    .flat()
    .reduce((sum, count) => sum + count, 0);
  const messages = schedule.messages.reduce((sum, own) => sum + own.length, 0);
  return users / pollS + (deliveries + messages) / durationS;
}

/** Of the collector: what it holds of every person and counts each second of every VU. */
export function collectorSize(users: number, vus: number): { memoryMib: number; cpuMillis: number } {
  return {
    memoryMib: 256 + 64 * Math.ceil((users * 16) / 1_024 / 64),
    cpuMillis: 200 + 100 * Math.ceil(vus / 100),
  };
}
