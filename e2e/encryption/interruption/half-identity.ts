import type { Finding } from '../../../core/model/finding.ts';
import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { dyingAt, isTo, type Moment } from '../../lib/death.ts';
import type { EncryptionContext } from '../context.ts';
import { expectIdentity } from '../trust/complete-identity.ts';
import { expectAccepted, reviving } from './lives.ts';

export interface HalfIdentity {
  readonly person: string;
  readonly path: string;
  /** How far such an upload gets with which the person's device ends. */
  readonly moment: Moment;
}

/** Devices end in the middle of an upload for the identity of their owners, who must end up with a whole one. */
export async function observeIdentities(
  context: EncryptionContext,
  halves: readonly HalfIdentity[],
): Promise<CheckOutcome> {
  const bob = await context.device('bob');
  const findings: Finding[] = [];
  for (const { person, path, moment } of halves) {
    const death = dyingAt({ moment, isLast: isTo(path) });
    const back = await reviving(context, person, death);
    if (!death.isDead()) return inconclusive(`void: Das Gerät von ${person} endete nicht bei ${path}.`);
    findings.push(...expectAccepted(death, `${person}, ${path}`));
    findings.push(...('code' in back ? [back] : await seenBy(context, bob, back)));
  }
  return outcomeOf(findings, 'Nach dem Neustart ist jede Identität vollständig, und bob findet sie.');
}

/** Devices of people one shares no room with are not kept in mind. */
async function seenBy(context: EncryptionContext, bob: CryptoDevice, owner: CryptoDevice): Promise<readonly Finding[]> {
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await bob.createEncryptedRoom({ name, invite: [owner.userId] });
  await owner.joinRoom(roomId);
  await bob.waitForMember(roomId, owner.userId);
  return expectIdentity(owner, bob);
}
