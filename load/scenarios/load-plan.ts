import type { OwnMessage } from './virtual-user.ts';

/** What a k6 process is told, as a JSON file. Holds no secret. */
export interface LoadPlan {
  /** Without trailing slash. */
  readonly baseUrl: string;
  /** Six letters and digits that mark this run's messages, so that older ones in a room are not counted. */
  readonly runTag: string;
  /** Which of the generator's processes this is, from 1; its records carry it. */
  readonly process: number;
  /** Unix time at which measuring begins, the same for all processes; the first people arrive `rampMs` before it. */
  readonly measuringFromMs: number;
  /** Index in the whole run of this process's first user; the file of users has only its own. */
  readonly firstUser: number;
  /** People of this process. */
  readonly users: number;
  /** In the whole run, where a process has only some of them; default `users`. */
  readonly people?: number;
  readonly usersPerVu: number;
  /** How often a VU looks whether its event loop is late; costs more than anything else while nobody acts. */
  readonly lagEveryMs: number;
  readonly rampMs: number;
  readonly durationMs: number;
  readonly drainMs: number;
  /** After measuring, polls end spread over this time, so that they do not all come back at once. */
  readonly endSpreadMs: number;
}

/** One user as the k6 process reads it from a file that only we can read and that is deleted after the run. */
export interface UserRow {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
  readonly arrivalMs: number;
  readonly rooms: readonly UserRoom[];
  readonly messages: readonly OwnMessage[];
  /** What signs a new device in; absent where the run prepared no credentials. */
  readonly login?: LoginRow;
  /** Of this person's homeserver, where it is not the plan's; without trailing slash. */
  readonly baseUrl?: string;
}

export interface LoginRow {
  /** Body of POST /login but for the wish for a refresh token. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Access token of an application service that logs its people in. */
  readonly serviceToken?: string;
}

export interface UserRoom {
  readonly roomId: string;
  /** Messages that others are going to send there. */
  readonly expected: number;
  readonly members: number;
}

/** Environment variables with the paths of the two files. */
export const planVariable = 'PRUEFSTAND_PLAN';
export const usersVariable = 'PRUEFSTAND_USERS';
