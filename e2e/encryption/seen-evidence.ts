import type { Recorder } from '../../core/http/recorder.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';
import { type RecordedParty, sequenceEvidence } from './sequence-evidence.ts';

interface OpenedDevice {
  readonly device: CryptoDevice;
  readonly recorder: Recorder;
}

export interface Seen {
  readonly wire: WireLog;
  readonly opened: readonly OpenedDevice[];
  readonly traffic: readonly Traffic[];
  readonly clients: readonly RecordedParty[];
}

/** What is kept of the devices of a check, whatever program they are. */
export const seenBy = ({ wire, opened, traffic, clients }: Seen): readonly Evidence[] => [
  ...sequenceEvidence(wire.story, [...opened.map(partyOf), ...clients]),
  ...traffic.map(trafficEvidence),
  ...opened.flatMap(warningEvidence),
];

const partyOf = ({ device: { person, userId, deviceId }, recorder: { exchanges } }: OpenedDevice): RecordedParty => ({
  title: person,
  userId,
  deviceId,
  exchanges,
});

/** What a device has exchanged, also one that never came to be opened. */
export interface Traffic {
  readonly person: string;
  readonly recorder: Recorder;
}

const trafficEvidence = ({ person, recorder }: Traffic): Evidence => ({
  name: `HTTP-Mitschnitt von ${person}`,
  mediaType: 'application/json',
  content: JSON.stringify(recorder.exchanges, null, 1),
});

const warningEvidence = ({ device: { person, warnings } }: OpenedDevice): readonly Evidence[] =>
  warnings.length === 0
    ? []
    : [{ name: `Warnungen des Geräts von ${person}`, mediaType: 'text/plain', content: warnings.join('\n') }];
