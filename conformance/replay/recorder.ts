import type { HttpSend } from '../../core/http/http.ts';
import type { AccountSource, Bench, Session } from '../../core/model/bench.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { Lab } from '../../core/model/lab.ts';
import type { Instruments } from '../lib/instruments.ts';
import { leaseKey, loginKey, requestKey, sessionKey } from './keys.ts';
import { type Reader, recordedObject } from './recorded-object.ts';
import type { Place, RunTape, Taken } from './recording.ts';
import { createRecordingClock, type RecordingClock } from './recording-clock.ts';

export interface Recorder {
  readonly instruments: Instruments;
  readonly tape: RunTape;
}

type Tape = { -readonly [key in keyof RunTape]: RunTape[key] extends readonly (infer T)[] ? T[] : RunTape[key] };

/** Takes down everything one run of a check is given; asks the real bench for all of it. */
export function createRecorder(bench: Bench, real: Clock): Recorder {
  const clock = createRecordingClock(real);
  const tape: Tape = { beganAt: clock.now(), places: [], exchanges: [], leases: [], logins: [], readings: [] };
  return {
    instruments: {
      bench: recordedAt({ given: bench, durationMs: 0 }, 'target', { tape, clock }),
      clock,
      keepsExchanges: true,
    },
    tape,
  };
}

type Opened = Omit<Taken<Bench>, 'key'>;

interface Instrument {
  readonly tape: Tape;
  readonly clock: RecordingClock;
}

function recordedAt({ given: bench, durationMs }: Opened, name: Place['name'], to: Instrument): Bench {
  const { target, lab, surroundings } = bench;
  to.tape.places.push({
    name,
    target,
    durationMs,
    hasLab: lab !== undefined,
    hasSurroundings: surroundings !== undefined,
  });
  return {
    ...bench,
    send: recordedSend(bench.send, to),
    accounts: recordedAccounts(bench.accounts, name, to),
    ...(lab && { lab: recordedLab(lab, to) }),
    ...(surroundings && { surroundings: recordedObject(surroundings, name, readerTo(to)) }),
  };
}

/** Waits for what is given and takes it down with the time it took. */
async function taken<T>({ clock }: Instrument, key: string, wait: Promise<T>): Promise<Taken<T>> {
  const startedAt = clock.now();
  let given: T;
  try {
    given = await wait;
  } finally {
    // Only once: a replay shows the beginning and the time taken down here, to the millisecond.
    clock.refresh();
  }
  return { key, given, durationMs: clock.now() - startedAt };
}

function recordedSend(send: HttpSend, to: Instrument): HttpSend {
  return async (request) => {
    const { given: answer, ...part } = await taken(to, requestKey(request), send(request));
    const { status, headers, bytes } = answer;
    const authorization = request.headers?.['authorization'];
    const asked = { method: request.method, url: request.url, ...(authorization !== undefined && { authorization }) };
    to.tape.exchanges.push({ ...part, given: { request: asked, status, headers, bytes } });
    return answer;
  };
}

function recordedAccounts(accounts: AccountSource, place: string, to: Instrument): AccountSource {
  const session = async (key: string, wait: Promise<Session>) => {
    const login = await taken(to, key, wait);
    to.tape.logins.push(login);
    return login.given;
  };
  return {
    get created() {
      return accounts.created;
    },
    lease: async (label, kind, wish) => {
      const lease = await taken(to, leaseKey(place, label, kind), accounts.lease(label, kind, wish));
      to.tape.leases.push({ ...lease, given: [lease.given] });
      return lease.given;
    },
    leaseMany: async (label, count) => {
      const key = leaseKey(place, label, undefined, count);
      const lease = await taken(to, key, accounts.leaseMany(label, count));
      to.tape.leases.push(lease);
      return lease.given;
    },
    login: (account, deviceName, held) =>
      session(loginKey(place, account.userId, deviceName), accounts.login(account, deviceName, held)),
    session: (account, held) => session(sessionKey(place, account.userId), accounts.session(account, held)),
    release: (leased) => accounts.release(leased),
  };
}

function readerTo(to: Instrument): Reader {
  const { readings } = to.tape;
  const reader: Reader = {
    // Takes no time, here and in the replay: what the check sees of the clock stays as it is.
    note: (key, given) => void readings.push({ key, given, durationMs: 0 }),
    wait: async (key, promise) => {
      const { given: value, ...part } = await taken(to, key, promise);
      // Two that come of the same call are told apart by their place on the tape.
      const path = `${key}#${readings.length}`;
      const isData = !hasFunctions(value);
      readings.push({
        ...part,
        given: isData ? { kind: 'promise', value: structuredClone(value) } : { kind: 'object', path },
      });
      return isData ? value : recordedObject(value, path, reader);
    },
  };
  return reader;
}

const hasFunctions = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some((member) => typeof member === 'function');

function recordedLab(lab: Lab, to: Instrument): Lab {
  const opened = new Map<string, Promise<Bench>>();
  return {
    variant: (name) => {
      const there = opened.get(name) ?? taken(to, name, lab.variant(name)).then((its) => recordedAt(its, name, to));
      opened.set(name, there);
      return there;
    },
  };
}
