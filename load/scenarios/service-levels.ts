import type { ActionClass, observedLatencies } from './action-classes.ts';

/** Upper limits that decide; latency counts from the intended time. */
export interface ServiceLevels {
  readonly delivery: { readonly p95Ms: number; readonly p99Ms: number };
  readonly sendAnswer: { readonly p95Ms: number; readonly p99Ms: number };
  /** Failed requests among all. */
  readonly errorShare: number;
  /** Actions that limits prevent are part of the scenario and no finding. */
  readonly toleratesLimits?: boolean;
  /** Beyond delivery and sending; what is named must have samples. */
  readonly actions?: Readonly<Partial<Record<JudgedLatency, ActionLevel>>>;
}

export type JudgedLatency = ActionClass | (typeof observedLatencies)[number];

export interface ActionLevel {
  readonly percentile: 95 | 99;
  readonly ms: number;
}

/** Defaults until a contract says otherwise: nobody publishes figures; the error share is Mattermost's alert threshold. */
export const defaultServiceLevels: ServiceLevels = {
  delivery: { p95Ms: 1_000, p99Ms: 3_000 },
  sendAnswer: { p95Ms: 500, p99Ms: 2_000 },
  errorShare: 0.000_25,
};

/** Where the first message of a room waits for its room key, which each device of the room gets by itself. */
export const keySharingServiceLevels: ServiceLevels = {
  ...defaultServiceLevels,
  delivery: { p95Ms: 10_000, p99Ms: 15_000 },
  sendAnswer: { p95Ms: 10_000, p99Ms: 15_000 },
};

/** The same level for all of them: 95 of 100 are answered in that time. */
export function answeredWithin(ms: number, actions: readonly JudgedLatency[]): NonNullable<ServiceLevels['actions']> {
  return Object.fromEntries(actions.map((name) => [name, { percentile: 95, ms } as const]));
}
