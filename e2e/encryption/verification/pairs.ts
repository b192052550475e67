import { RigError } from '../../../core/model/rig-error.ts';
import { type Alteration, attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext } from '../context.ts';
import { type Meeting, meetInEncryptedRoom } from '../meeting.ts';
import { agree, type Comparison } from './comparison.ts';

export interface OwnPair extends Comparison {
  readonly alice: CryptoDevice;
  readonly phone: CryptoDevice;
}

/** Alice's new phone asks her first device to verify it; both agree. */
export async function ownPair(context: EncryptionContext, attack?: Alteration): Promise<OwnPair> {
  const wish = attack === undefined ? {} : { between: attackedBy(attack) };
  const alice = await context.device('alice', wish);
  const phone = await context.device('alice', { ...wish, name: 'Telefon' });
  await alice.devicesOf(alice.userId);
  const asker = await phone.requestOwnVerification();
  const answerer = await alice.waitForVerification();
  await mustAgree({ asker, answerer });
  return { alice, phone, asker, answerer };
}

export interface ForeignPair extends Comparison, Meeting {}

/** Alice asks bob in their room to verify each other; both agree. */
export async function foreignPair(context: EncryptionContext): Promise<ForeignPair> {
  const meeting = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
  return { ...meeting, ...(await askBob(meeting)) };
}

export async function askBob({ alice, bob, roomId }: Meeting): Promise<Comparison> {
  const asker = await alice.requestVerification(bob.userId, roomId);
  const answerer = await bob.waitForVerification();
  await mustAgree({ asker, answerer });
  return { asker, answerer };
}

async function mustAgree(comparison: Comparison): Promise<void> {
  if (await agree(comparison)) return;
  throw new RigError('targetRefused', {
    de: 'Die beiden Geräte konnten sich innerhalb der Frist nicht auf eine Prüfung einigen.',
    en: 'The two devices could not agree on a verification in time.',
  });
}

/** The same after a verification, when signatures are still on their way. */
export const mutualTrustAfter = async ({ alice, bob }: Meeting) => {
  const [ofBob, ofAlice] = await Promise.all([alice.waitForTrust(bob.userId), bob.waitForTrust(alice.userId)]);
  return { 'alice über bob': ofBob, 'bob über alice': ofAlice };
};

/** Whether each of the two holds the other for verified. */
export const mutualTrust = async ({ alice, bob }: Meeting) => {
  const [ofBob, ofAlice] = await Promise.all([alice.hasVerified(bob.userId), bob.hasVerified(alice.userId)]);
  return { 'alice über bob': ofBob, 'bob über alice': ofAlice };
};

/** Whether the phone carries its owner's signature, as her first device sees it, and knows her identity as its own. */
export const phoneTrust = async ({ alice, phone }: Pick<OwnPair, 'alice' | 'phone'>) => {
  const [isSigned, knowsItself] = await Promise.all([
    alice.isSignedByOwner(alice.userId, phone.deviceId),
    phone.hasVerified(alice.userId),
  ]);
  return { 'alice über ihr Telefon': isSigned, 'Telefon über alice': knowsItself };
};

/** The same after a verification, when signatures are still on their way. */
export const phoneTrustAfter = async ({ alice, phone }: Pick<OwnPair, 'alice' | 'phone'>) => {
  const [isSigned, knowsItself] = await Promise.all([
    alice.waitForSignature(alice.userId, phone.deviceId),
    phone.waitForTrust(alice.userId),
  ]);
  return { 'alice über ihr Telefon': isSigned, 'Telefon über alice': knowsItself };
};
