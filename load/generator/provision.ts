import { rmSync } from 'node:fs';
import type { Bench, Session } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import type { Schedule } from './plan-load.ts';
import { removePrepared } from './provisioning/clean-up.ts';
import { enterPeople } from './provisioning/enter-people.ts';
import { enterRooms } from './provisioning/enter-rooms.ts';
import { type LoginWayName, loginWays, usualWay } from './provisioning/login-way.ts';
import { openProvisioningJournal } from './provisioning/provisioning-journal.ts';

export interface ProvisionOptions {
  readonly bench: Bench;
  readonly schedule: Pick<Schedule, 'rooms' | 'roomsHash'>;
  readonly users: number;
  /** Letters and digits, new for every run. */
  readonly label: string;
  /** Default: what the deployment offers. */
  readonly login?: LoginWayName;
  /** File of what is prepared, for this call to go on with; kept for the next one if `isKept`. */
  readonly journalFile?: string;
  readonly isKept?: boolean;
  readonly signal: AbortSignalLike;
  readonly onProgress: (text: Text) => void;
}

/** People who are logged in and rooms they are in. */
export interface Provisioned {
  readonly sessions: readonly Session[];
  /** By index of the room. */
  readonly roomIds: readonly string[];
  /** Of this call, without those of an earlier one. */
  readonly joins: number;
  readonly joinMs: number;
}

/**
 * Prepares everything before any load. Throws RigError `accessMissing` before anything is sent when there is no way to so
 * many accounts. Disposing removes what would stay on a target that is not ours, unless it is kept.
 */
export async function provision(options: ProvisionOptions): Promise<Provisioned & AsyncDisposable> {
  const { bench, users, schedule, login = usualWay(bench), journalFile, onProgress } = options;
  const gap = loginWays[login].gap(bench, users);
  if (gap !== undefined) throw new RigError('accessMissing', gap);
  const { homeserverUrl } = bench.target;
  const head = { homeserverUrl, login, users, roomsHash: schedule.roomsHash };
  using journal = openProvisioningJournal(head, journalFile);
  const entrance = await loginWays[login].open(bench, users);
  const sessions = await enterPeople({ ...options, entrance, journal, tell: onProgress });
  const entered = await enterRooms({ ...options, rooms: schedule.rooms, sessions, journal, tell: onProgress });
  return {
    sessions,
    ...entered,
    [Symbol.asyncDispose]: async () => {
      if (options.isKept === true) return;
      if (login === 'admin-token' && bench.target.provider === 'remote') {
        await removePrepared(bench, journal.prepared, onProgress);
      }
      if (journalFile !== undefined) rmSync(journalFile, { force: true });
    },
  };
}
