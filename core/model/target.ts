import type { Capability } from './capability.ts';

/** Plain data about what is tested. Holds no secret: it is written to the journal as it is. */
export interface Target {
  readonly name: string;
  readonly provider: 'container' | 'process' | 'remote';
  readonly serverName: string;
  /** Public base URL of the homeserver at the edge, without trailing slash. */
  readonly homeserverUrl: string;
  /** Public URL of the web client, without trailing slash. */
  readonly clientUrl?: string;
  /** Base URL of the internal admin port, never behind the edge. */
  readonly adminUrl?: string;
  /** PEM file with certificate authorities to trust beside the system's. */
  readonly caCertificates?: string;
  /** HTTP proxy towards the target. */
  readonly proxyUrl?: string;
  readonly capabilities: readonly Capability[];
  readonly permissions: Permissions;
  /** Software found or started, e.g. { synapse: '1.163.2' }. */
  readonly versions: Readonly<Record<string, string>>;
  /** Newest version of the Matrix specification it advertises and the suite knows; set once it was asked. */
  readonly specVersion?: `1.${number}`;
  /** What the BundesMessenger has and this deployment has not; named in the report. */
  readonly absentComponents: readonly AbsentComponent[];
}

export interface Permissions {
  readonly mayMutate: boolean;
  /** 0: no load at all. */
  readonly mayStressUsers: number;
  readonly mayStressMessagesPerSecond?: number;
  /** ISO 8601; load only between them, where they are given. */
  readonly mayStressFrom?: string;
  readonly mayStressUntil?: string;
  /** ISO 8601; nothing is sent after it. */
  readonly until: string;
  readonly grantedBy: { readonly name: string; readonly role: string; readonly date: string };
}

/** German texts for the report. */
export interface AbsentComponent {
  readonly component: string;
  readonly reason: string;
  readonly consequence: string;
}
