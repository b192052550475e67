import type { Finding } from '../../../core/model/finding.ts';
import type { EncryptionContext } from '../context.ts';
import type { Meeting } from '../meeting.ts';
import { type Comparison, expectCancelled, expectNoTrust } from './comparison.ts';
import { mutualTrust } from './pairs.ts';

/** Longer than a comparison may take. */
const passedMs = 11 * 60_000;

/** For alice's device eleven minutes pass, for nobody else. Resolves when it has looked at the clock; false at the deadline. */
export async function letTimePass({ random }: EncryptionContext, { alice, bob, roomId }: Meeting): Promise<boolean> {
  alice.moveClock(passedMs);
  // The device looks at the clock when something arrives.
  const mark = `Marke ${random.word(12)}`;
  await bob.sendText(roomId, mark);
  return (await alice.waitForText(roomId, mark)) !== undefined;
}

/** What nobody ended has ended on both sides, with the right code, and nobody counts as verified. */
export async function expectExpired(pair: Meeting & Comparison): Promise<readonly Finding[]> {
  const [ofAlice, ofBob] = await Promise.all([pair.asker.waitForEnd(), pair.answerer.waitForEnd()]);
  return [
    ...expectCancelled('alice', ofAlice, ['m.timeout']),
    ...expectCancelled('bob', ofBob, ['m.timeout']),
    ...expectNoTrust(await mutualTrust(pair)),
  ];
}
