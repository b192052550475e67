import type { Workers } from '../../../core/model/sizing.ts';

export interface WorkerNeed {
  /** Cores for polls and for messages, in the busiest minute. */
  readonly pollCores: number;
  readonly messageCores: number;
  readonly peakMessagesPerSecond: number;
  readonly loginsPerSecond: number;
  /** Share of a core that one process may be used, headroom deducted. */
  readonly usableShare: number;
}

/**
 * A worker listens to everything that happens and needs a quarter of its core for that at 40 events a second
 * (Element, "Scaling to millions of users requires Synapse Pro", January 2025).
 */
export const listeningShare = (eventsPerSecond: number): number => eventsPerSecond / 160;

/** Assumption: how the work for one message divides among those who take it, store it and hand it on. */
const messageShares = { client: 0.25, eventPersister: 0.25, sync: 0.5 };
/** Assumption: core seconds of one initial sync. */
const initialSyncCores = 0.1;
/** Less than this of a core for its own work, and another worker gains nothing. */
const leastOwnShare = 0.05;

export type WorkerPlan = { readonly kind: 'enough'; readonly workers: Workers } | { readonly kind: 'tooMany' };

/** From so many processes' worth of work on, everything that can be a worker of its own is one. */
const wholeSplit = 4;

/** Synapse's processes by what they do. One process does all as long as it can; a worker more than needed stands in for a failed one. */
export function workersFor(need: WorkerNeed): WorkerPlan {
  const { pollCores, messageCores, usableShare, loginsPerSecond, peakMessagesPerSecond } = need;
  const cores = pollCores + messageCores;
  if (cores <= usableShare) return { kind: 'enough', workers: onlyMain };
  const ownShare = usableShare - listeningShare(peakMessagesPerSecond);
  if (ownShare < leastOwnShare) return { kind: 'tooMany' };
  const processes = (share: number) => Math.max(1, Math.ceil(share / ownShare - 1e-9));
  const isSplit = cores > wholeSplit * usableShare;
  const counts = {
    sync: processes(pollCores + messageShares.sync * messageCores) + 1,
    initialSync: processes(loginsPerSecond * initialSyncCores),
    client: processes(messageShares.client * messageCores) + 1,
    eventPersister: processes(messageShares.eventPersister * messageCores),
    // One for each stream: to-device, receipts, typing, presence.
    streamWriters: isSplit ? 4 : 0,
    federation: isSplit ? 2 : 0,
    pusher: isSplit ? 1 : 0,
    media: isSplit ? 1 : 0,
  };
  const main = 1;
  const total = Object.values(counts).reduce((sum, count) => sum + count, main);
  return { kind: 'enough', workers: { ...counts, total } };
}

const onlyMain: Workers = {
  sync: 0,
  initialSync: 0,
  client: 0,
  eventPersister: 0,
  streamWriters: 0,
  federation: 0,
  pusher: 0,
  media: 0,
  total: 1,
};
