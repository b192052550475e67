import type { Exchange } from '../../core/http/recorder.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import { sequenceMediaType } from '../../core/model/sequence.ts';
import { type Party, sequenceOf } from '../lib/wire/sequence-of.ts';
import type { WireStory } from '../lib/wire/wire-log.ts';
import { relevantEvents } from './relevant-events.ts';

/** A device, whatever program it is, and what it exchanged with the homeserver. */
export interface RecordedParty extends Party {
  readonly exchanges: readonly Exchange[];
}

/** Who sent what to whom, of which reports draw a picture, and the events it was about. */
export function sequenceEvidence(story: WireStory, parties: readonly RecordedParty[]): readonly Evidence[] {
  if (story.steps.length === 0) return [];
  const content = JSON.stringify(sequenceOf(story, parties), null, 1);
  const recorded = parties.map(({ title, exchanges }) => ({ device: title, exchanges }));
  const events = JSON.stringify(relevantEvents(recorded), null, 1);
  return [
    { name: 'Ablauf', mediaType: sequenceMediaType, content },
    { name: 'Schlüssel und Nachrichten', mediaType: 'application/json', content: events },
  ];
}
