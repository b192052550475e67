import { type ActionLatency, actionLatencies, observedLatencies, userCounters } from './action-classes.ts';

/** What a k6 process tells, one JSON line each. Rates and latencies come once a second and VU, never one per sample. */
export type LoadRecord = StartRecord | SecondRecord | UserRecord | CrashRecord | EndRecord;

/** Lines of the k6 process that begin so are ours; all others are k6's own messages. */
export const recordPrefix = 'PRUEFSTAND ';

/** Value and count in turn: `[3, 2, 7, 1]` is twice 3 and once 7. */
export type Counts = readonly number[];

/** Which VU of which process tells; both count from 1. */
export interface Origin {
  readonly process: number;
  readonly vu: number;
}

export interface StartRecord extends Origin {
  readonly type: 'start';
  /** Milliseconds since measuring began: negative, because people arrive before. */
  readonly atMs: number;
}

/** Also the heartbeat of a VU. */
export interface SecondRecord extends Origin {
  readonly type: 'second';
  /** Counts from 0 without gap. */
  readonly number: number;
  /** Milliseconds since measuring began. */
  readonly atMs: number;
  readonly online: number;
  readonly counters: Readonly<Partial<Record<Counter, number>>>;
  /** Failed requests by kind, e.g. `sync 502`. */
  readonly errors: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly latencies: Readonly<Partial<Record<Latency, Counts>>>;
}

export const counters = [
  'requests',
  'polls',
  'sends',
  'sent',
  'throttled',
  'syncBytes',
  'gapsFilled',
  ...userCounters,
] as const;
export type Counter = (typeof counters)[number];

/**
 * delivery, send: from the intended time; deliveryActual, sendActual: from the time the request went out;
 * lag: by how much the VU's event loop was late.
 */
const messageLatencies = ['delivery', 'deliveryActual', 'send', 'sendActual', 'initialSync', 'lag'] as const;
export type Latency = (typeof messageLatencies)[number] | (typeof observedLatencies)[number] | ActionLatency;
export const latencies: readonly Latency[] = [...messageLatencies, ...observedLatencies, ...actionLatencies];

/** The ledger of one user, once, at the end. */
export interface UserRecord extends Origin {
  readonly type: 'user';
  readonly user: number;
  /** When the first synchronisation was answered; null when it never was. */
  readonly onlineAtMs: number | null;
  /** When the last poll was answered; null for who was never online. */
  readonly offlineAtMs: number | null;
  /** When the person went offline not to come back; absent for who stayed to the end. */
  readonly leftAtMs?: number;
  /** Own messages that the server did not confirm: room and sequence in turn. */
  readonly unconfirmed: readonly number[];
  readonly rooms: readonly RoomAccount[];
}

export interface RoomAccount {
  /** Different messages of others. */
  readonly seen: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Only when something is missing: everything seen, by sender. */
  readonly seenBySender?: Readonly<Record<string, readonly number[]>>;
}

/** The behaviour of a user threw: a defect of the bench. */
export interface CrashRecord extends Origin {
  readonly type: 'crash';
  readonly user: number;
  readonly message: string;
}

export interface EndRecord extends Origin {
  readonly type: 'end';
  /** How many `second` records came before. */
  readonly seconds: number;
}
