import type { Bench, Session } from '../../../core/model/bench.ts';
import type { Text } from '../../../core/model/text.ts';
import { adminToken } from './admin-token.ts';
import { applicationService } from './application-service.ts';
import { givenAccounts } from './given-accounts.ts';
import { openId } from './open-id.ts';
import { password } from './password.ts';

/**
 * How people get their accounts and sessions.
 *
 * given: those of the target file; application-service, password, openid: as clients log in, with a device;
 * admin-token: minted at the administration's port, the quickest at a target that has no application service for us.
 */
export const loginWays = {
  given: givenAccounts,
  'application-service': applicationService,
  password,
  'admin-token': adminToken,
  openid: openId,
} as const satisfies Record<string, LoginWay>;

export type LoginWayName = keyof typeof loginWays;

export interface LoginWay {
  /** Why so many people cannot come this way; undefined when they can. Sends nothing. */
  gap(bench: Bench, users: number): Text | undefined;
  open(bench: Bench, users: number): Promise<Entrance>;
}

export interface Entrance {
  /** A new account. `label`: letters, digits and hyphens, of nobody else. */
  create(user: number, label: string): Promise<Arrival>;
  /** A session of an account that was made before. */
  enter(userId: string): Promise<Session>;
}

/** With a session where making the account already gives one. */
export interface Arrival {
  readonly userId: string;
  readonly session?: Session;
}

/** What the deployment offers without being asked for another way. */
export const usualWay = (bench: Bench): LoginWayName =>
  bench.target.provider === 'remote' ? 'given' : 'application-service';
