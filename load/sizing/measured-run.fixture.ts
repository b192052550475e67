import { type MeasuredRun, nothingSeen } from './measured-run.ts';

const samples = { samples: 1_000, p50Ms: 40, p95Ms: 120, p99Ms: 200 };

/** A run in which all went well. */
export const goodRun = (users: number, own: Partial<MeasuredRun> = {}): MeasuredRun => ({
  id: '0001',
  users,
  purpose: 'step',
  seed: 'seed',
  invalid: [],
  warmUpS: 0,
  steadyS: 50,
  resolution: 0.5,
  offered: users * 0.3,
  delivered: users * 0.3,
  backlogGrowth: 0,
  messagesPerSecond: users * 0.025,
  pollsPerSecond: users / 3,
  delivery: samples,
  send: samples,
  initialSync: samples,
  requests: 10_000,
  failedRequests: 0,
  throttledRequests: 0,
  lost: 0,
  duplicated: 0,
  outOfOrder: 0,
  neverOnline: 0,
  syncBytesPerSecond: users * 400,
  server: nothingSeen,
  foreignCores: 0,
  generator: { cpuCores: 0.1, loopLagP99Ms: 5 },
  ...own,
});

export const slowRun = (users: number, own: Partial<MeasuredRun> = {}): MeasuredRun =>
  goodRun(users, { delivery: { samples: 1_000, p50Ms: 900, p95Ms: 2_500, p99Ms: 4_000 }, ...own });
