import type { Recorder } from '../../core/http/recorder.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import { sequenceMediaType } from '../../core/model/sequence.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import { sequenceOf } from '../lib/wire/sequence-of.ts';
import type { WireStory } from '../lib/wire/wire-log.ts';
import { relevantEvents } from './relevant-events.ts';

interface Opened {
  readonly device: CryptoDevice;
  readonly recorder: Pick<Recorder, 'exchanges'>;
}

/** Who sent what to whom, of which reports draw a picture, and the events it was about. */
export function sequenceEvidence(story: WireStory, opened: readonly Opened[]): readonly Evidence[] {
  if (story.steps.length === 0) return [];
  const parties = opened.map(({ device: { person, userId, deviceId } }) => ({ title: person, userId, deviceId }));
  const content = JSON.stringify(sequenceOf(story, parties), null, 1);
  const recorded = opened.map(({ device, recorder }) => ({ device: device.person, exchanges: recorder.exchanges }));
  const events = JSON.stringify(relevantEvents(recorded), null, 1);
  return [
    { name: 'Ablauf', mediaType: sequenceMediaType, content },
    { name: 'Schlüssel und Nachrichten', mediaType: 'application/json', content: events },
  ];
}
