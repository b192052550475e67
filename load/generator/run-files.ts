import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import type { Scale } from '../scenarios/scenario.ts';
import { expectedDeliveries, type Schedule } from './plan-load.ts';
import type { Provisioned } from './provision.ts';

/** Private folder of one k6 process; disposing deletes it with the access tokens in it. */
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

/** More would make one event loop late; fewer would cost memory, because every VU has its own copy of the script. */
const maxUsersPerVu = 100;

export function loadPlanFrom(scale: Scale, baseUrl: string, seed: string): LoadPlan {
  return {
    baseUrl,
    runTag: createRandom(`${seed}|run`).word(6),
    users: scale.users,
    people: scale.users,
    usersPerVu: Math.min(maxUsersPerVu, scale.users),
    rampMs: scale.rampS * 1_000,
    durationMs: scale.durationS * 1_000,
    drainMs: scale.drainS * 1_000,
  };
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
