import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import type { Scale } from '../scenarios/scenario.ts';
import type { MachinePlan } from './machine-plan.ts';
import { expectedDeliveries, type Schedule } from './plan-load.ts';
import type { Provisioned } from './provision.ts';

/** Private folder of the k6 processes of a run; disposing deletes it with the access tokens in it. */
export interface RunFolder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: unknown): Promise<string>;
}

export async function createRunFolder(scratchDirectory: string): Promise<RunFolder> {
  const path = await mkdtemp(join(scratchDirectory, 'load-'));
  return {
    path,
    write: async (name, content) => {
      const file = join(path, name);
      await writeFile(file, JSON.stringify(content), { mode: 0o600 });
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** All VUs together look 400 times a second, whose 99th percentile is sound. */
const lagEveryMsPerVu = 2.5;
const fewestEndSpreadMs = 3_000;
/** As many as end by themselves every second while everybody waits. */
const answersPerMs = 3;

export interface PlanOptions {
  readonly scale: Scale;
  readonly baseUrl: string;
  readonly seed: string;
  readonly machinePlan: MachinePlan;
  /** Unix time. */
  readonly measuringFromMs: number;
}

/** What each process is told, in order of the slices. */
export function loadPlans({ scale, baseUrl, seed, machinePlan, measuringFromMs }: PlanOptions): LoadPlan[] {
  return machinePlan.slices.map(({ process, firstUser, users }) => ({
    baseUrl,
    runTag: createRandom(`${seed}|run`).word(6),
    process,
    measuringFromMs,
    firstUser,
    users,
    people: scale.users,
    usersPerVu: machinePlan.usersPerVu,
    lagEveryMs: Math.min(1_000, Math.max(50, machinePlan.vus * lagEveryMsPerVu)),
    rampMs: scale.rampS * 1_000,
    durationMs: scale.durationS * 1_000,
    drainMs: scale.drainS * 1_000,
    endSpreadMs: Math.max(fewestEndSpreadMs, scale.users / answersPerMs),
  }));
}

/** Until k6 has read its script for every VU and the table of its users. */
export function startMarginMs({ slices, vus }: MachinePlan): number {
  const most = Math.max(...slices.map(({ users }) => users));
  return 3_000 + 10 * vus + most / 4;
}

export function userRows(schedule: Schedule, { sessions, roomIds }: Provisioned): UserRow[] {
  const expected = expectedDeliveries(schedule);
  return sessions.map((session, user) => {
    const rooms = schedule.roomsOfUser[user] ?? [];
    return {
      ...session,
      arrivalMs: schedule.arrivalsMs[user] ?? 0,
      rooms: rooms.map((room, place) => ({
        roomId: roomIds[room] ?? '',
        expected: expected[user]?.[place] ?? 0,
        members: schedule.rooms[room]?.members.length ?? 0,
      })),
      messages: (schedule.messages[user] ?? []).map(({ room, atMs, sequence, ciphertextCharacters }) => ({
        atMs,
        room: rooms.indexOf(room),
        sequence,
        ciphertextCharacters,
      })),
    };
  });
}
