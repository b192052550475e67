import type { HttpSend } from '../http/http.ts';
import type { Lab } from './lab.ts';
import type { Surroundings } from './surroundings.ts';
import type { Target } from './target.ts';

/**
 * What a family may use of the deployment that was started and of this machine.
 * Built by a deployment provider; the only place where secrets live, and it never reaches the journal.
 */
export interface Bench {
  readonly target: Target;
  /** The only way to the target: trusts its authorities, uses its proxy, refuses every address the target does not name and every request after the permission ended. */
  readonly send: HttpSend;
  readonly accounts: AccountSource;
  readonly database?: DatabaseSearch;
  /** Files that people uploaded, as the homeserver keeps them. */
  readonly mediaStore?: KeptContent;
  /** All that the programs of the deployment wrote down so far. */
  readonly serverLog?: KeptContent;
  /** Absent where no variant of the reference deployment can be started. */
  readonly lab?: Lab;
  /** What the homeserver talks to; only variants of the lab have it. */
  readonly surroundings?: Surroundings;
  /** Only variants have it: the homeserver goes down, and disposing brings it back with all it had stored. */
  outage?(): Promise<AsyncDisposable>;
  /** What was found on this machine, name → path: executables, and of `hydrogen` the folder of its program. */
  readonly tools: Readonly<Partial<Record<ToolName, string>>>;
  /** Private folder of this run, removed at its end. */
  readonly scratchDirectory: string;
}

export type ToolName = 'chromium' | 'hydrogen' | 'k6' | 'nginx' | 'postgres' | 'synapse' | 'docker' | 'redis';

/**
 * bench: created through the application service that is exempt from rate limits;
 * ordinary: a person's account with a password and every limit on;
 * administrator: may use the administration's internal port; everybody gets the same one. Needs the capability `admin`.
 */
export type AccountKind = 'bench' | 'ordinary' | 'administrator';

export interface Account {
  readonly userId: string;
  readonly kind: AccountKind;
  /** Only ordinary accounts have one. */
  readonly password?: string;
}

/** A logged-in device. */
export interface Session {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
}

export interface LeaseWish {
  /** `session` will be asked for next: an account that is made now gets its device at once. */
  readonly withSession: boolean;
}

export interface AccountSource {
  /** An account nobody else in this run holds now. `label` (a–z, digits) goes into new names. Resolves when it exists on the server. */
  lease(label: string, kind?: AccountKind, wish?: LeaseWish): Promise<Account>;
  /** `count` bench accounts at once, for load. */
  leaseMany(label: string, count: number): Promise<readonly Account[]>;
  /** A new device of that account; bench accounts log in without meeting a rate limit. `held` is told of every wait a limit imposes, in ms. */
  login(account: Account, deviceName: string, held?: (ms: number) => void): Promise<Session>;
  /** Some device of that account: where accounts are lent again, the one an earlier holder left, because logins are dear there. */
  session(account: Account, held?: (ms: number) => void): Promise<Session>;
  /** Given back for others to hold; what was made with them is tidied up where they are lent again. */
  release(accounts: readonly Account[]): Promise<void>;
  /** How many accounts there are; absent where they are made on demand. */
  readonly size?: number;
  /** Every account made or lent so far, for the evidence and for cleaning up. */
  readonly created: readonly { readonly userId: string; readonly kind: AccountKind }[];
}

/** What the deployment keeps in one place. */
export interface KeptContent {
  /**
   * Shows everything, in pieces that are searched one by one: a column of a row, a file, lines of a log. `where` names the
   * table or file. Resolves with how many pieces there were, so that an empty place is not taken for a clean one.
   */
  visit(see: (where: string, piece: string | Uint8Array) => void): Promise<number>;
}

/** Counts grow from its start. */
export interface DatabaseStatistics {
  readonly commits: number;
  readonly rollbacks: number;
  readonly blocksRead: number;
  readonly blocksHit: number;
  readonly connections: number;
  readonly maxConnections: number;
}

export interface DatabaseSearch extends KeptContent {
  readonly engine: 'postgresql' | 'sqlite';
  /** Names of tables in which any row contains the word, in any column, over the whole database. */
  tablesContaining(word: string): Promise<readonly string[]>;
  /** How busy it is; absent where it keeps no statistics. */
  statistics?(): Promise<DatabaseStatistics>;
  /** Rows looked at by the last search, so that an empty database is not taken for a clean one. */
  countRows(): Promise<number>;
}
