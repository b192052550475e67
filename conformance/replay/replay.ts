import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
import type { AccountSource, Bench } from '../../core/model/bench.ts';
import type { Lab } from '../../core/model/lab.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Surroundings } from '../../core/model/surroundings.ts';
import type { Instruments } from '../lib/instruments.ts';
import { Divergence } from './divergence.ts';
import { leaseKey, loginKey, requestKey, sessionKey } from './keys.ts';
import { type QuietSync, quietSyncIn } from './quiet-sync.ts';
import type { Place, Reading, RecordedAnswer, Recording } from './recording.ts';
import { type Readings, replayedObject } from './replayed-object.ts';
import { indexTape, type PlayedEntry, playTape, type TapeIndex, type TapePlayer } from './tape-player.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A recording made ready to be replayed many times. */
export interface IndexedRecording {
  readonly recording: Recording;
  readonly exchanges: TapeIndex<RecordedAnswer>;
  readonly leases: TapeIndex<Recording['leases'][number]['given']>;
  readonly logins: TapeIndex<Recording['logins'][number]['given']>;
  readonly readings: TapeIndex<Reading>;
  readonly quietSync: QuietSync;
}

export function indexRecording(recording: Recording): IndexedRecording {
  const { exchanges, leases, logins, readings } = recording;
  return {
    recording,
    exchanges: indexTape(exchanges),
    leases: indexTape(leases),
    logins: indexTape(logins),
    readings: indexTape(readings),
    quietSync: quietSyncIn(exchanges.map(({ given }) => given)),
  };
}

/** An answer of the recording as this replay gives it. */
export type Answering = (played: PlayedEntry<RecordedAnswer>) => HttpAnswer;

export interface Replay {
  readonly instruments: Instruments;
  readonly clock: VirtualClock;
}

/** A check that goes on from what it is given may go on for ever over a lie: live its time limit ends it. */
interface Limits {
  readonly endsAt: number;
  readonly requests: number;
}

/** Waiting for limits of the target does not count against the time limit of a check. */
const mostHeldMs = 600_000;
const mostRepeated = 20;
const mostAdded = 1_000;

/** Instruments that give what the recording holds; time passes only as the recording says. */
export function openReplay(indexed: IndexedRecording, answering: Answering, timeoutMs: number): Replay {
  const { beganAt, exchanges } = indexed.recording;
  const clock = createVirtualClock(beganAt);
  const players: Players = {
    clock,
    limits: { endsAt: beganAt + timeoutMs + mostHeldMs, requests: exchanges.length * mostRepeated + mostAdded },
    answering,
    quietSync: indexed.quietSync,
    places: indexed.recording.places,
    exchanges: playTape(indexed.exchanges),
    leases: playTape(indexed.leases),
    logins: playTape(indexed.logins),
    readings: replayedReadings(clock, playTape(indexed.readings), new Set(indexed.readings.keys())),
  };
  return { clock, instruments: { clock, bench: benchAt('target', players), keepsExchanges: false } };
}

interface Players {
  readonly clock: VirtualClock;
  readonly limits: Limits;
  readonly answering: Answering;
  readonly quietSync: QuietSync;
  readonly places: readonly Place[];
  readonly exchanges: TapePlayer<RecordedAnswer>;
  readonly leases: TapePlayer<Recording['leases'][number]['given']>;
  readonly logins: TapePlayer<Recording['logins'][number]['given']>;
  readonly readings: Readings;
}

function benchAt(name: string, players: Players): Bench {
  const place = placeNamed(name, players);
  return {
    target: place.target,
    send: replayedSend(players),
    accounts: replayedAccounts(name, players),
    ...(place.hasLab && { lab: replayedLab(players) }),
    ...(place.hasSurroundings && { surroundings: replayedObject<Surroundings>(name, players.readings) }),
    tools: {},
    scratchDirectory: '',
  };
}

function placeNamed(name: string, { places }: Players): Place {
  const place = places.find((one) => one.name === name);
  if (place === undefined) throw new Divergence(`${name} wurde nicht geöffnet.`);
  return place;
}

function replayedSend({ clock, limits, answering, exchanges, quietSync }: Players): HttpSend {
  let asked = 0;
  return async (request) => {
    asked += 1;
    if (asked > limits.requests || clock.now() > limits.endsAt) throw new Divergence('die Prüfung findet kein Ende.');
    const played = exchanges.next(requestKey(request));
    if (played !== undefined) {
      await passing(clock, played.entry.durationMs);
      return answering(played);
    }
    const quiet = quietSync(request);
    if (quiet === undefined) throw new Divergence(`${request.method} ${request.url} kam nicht vor.`);
    await passing(clock, quiet.durationMs);
    return quiet.answer;
  };
}

function replayedAccounts(place: string, { clock, leases, logins }: Players): AccountSource {
  const given = async <T>(player: TapePlayer<T>, key: string): Promise<T> => {
    const played = player.next(key);
    if (played === undefined) throw new Divergence('ein solches Konto oder Gerät wurde nicht vergeben.');
    await passing(clock, played.entry.durationMs);
    return played.entry.given;
  };
  return {
    created: [],
    lease: async (label, kind) => {
      const [account] = await given(leases, leaseKey(place, label, kind));
      if (account === undefined) throw new RigError('defect', 'a lease without an account was recorded');
      return account;
    },
    leaseMany: (label, count) => given(leases, leaseKey(place, label, undefined, count)),
    login: ({ userId }, deviceName) => given(logins, loginKey(place, userId, deviceName)),
    session: ({ userId }) => given(logins, sessionKey(place, userId)),
    release: async () => {},
  };
}

function replayedLab(players: Players): Lab {
  return {
    variant: async (name) => {
      await passing(players.clock, placeNamed(name, players).durationMs);
      return benchAt(name, players);
    },
  };
}

function replayedReadings(clock: VirtualClock, player: TapePlayer<Reading>, keys: ReadonlySet<string>): Readings {
  const all = [...keys];
  return {
    isInside: (path) => all.some((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}(`)),
    has: (key) => keys.has(key),
    next: (key) => player.next(key)?.entry,
    pass: (ms) => passing(clock, ms),
  };
}

const passing = (clock: VirtualClock, ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
