import type { Evidence } from '../../core/model/evidence.ts';
import { sequenceMediaType } from '../../core/model/sequence.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import { sequenceOf } from '../lib/wire/sequence-of.ts';
import type { WireStory } from '../lib/wire/wire-log.ts';

/** Who sent what to whom, of which reports draw a picture. */
export function sequenceEvidence(
  story: WireStory,
  opened: readonly { readonly device: CryptoDevice }[],
): readonly Evidence[] {
  if (story.steps.length === 0) return [];
  const parties = opened.map(({ device: { person, userId, deviceId } }) => ({ title: person, userId, deviceId }));
  const content = JSON.stringify(sequenceOf(story, parties), null, 1);
  return [{ name: 'Ablauf', mediaType: sequenceMediaType, content }];
}
