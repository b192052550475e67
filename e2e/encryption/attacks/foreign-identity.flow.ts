import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice, VerificationEnd } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { trustingUnseen } from '../defects/weak-devices.ts';
import { type Meeting, meetInEncryptedRoom } from '../meeting.ts';
import { confirmSame, describeEnd, expectNoTrust, isSame, showEmojis } from '../verification/comparison.ts';
import { askBob, mutualTrustAfter } from '../verification/pairs.ts';
import { makeUpIdentity } from './made-up-identity.ts';

interface Swap {
  readonly victim: string;
  /** German: what the homeserver does. */
  readonly what: string;
  /** What the made-up master key goes by. */
  nameFor(alice: CryptoDevice): string | undefined;
}

const swaps: readonly Swap[] = [
  { victim: 'carol', what: 'eine erfundene Identität', nameFor: () => undefined },
  // Device ids and keys of identities share one namespace: a confused client takes the one for the other.
  {
    victim: 'dora',
    what: 'eine erfundene Identität unter der Kennung des Geräts',
    nameFor: ({ deviceId }) => deviceId,
  },
];

const signing = '/keys/signatures/upload';

const signingUnseen = (device: CryptoDevice): Partial<CryptoDevice> => ({
  hasVerified: async (userId) => {
    const answer = await device.askPastLibrary('POST', '/keys/query', { device_keys: { [userId]: [] } });
    const { master_keys: identities } = answer as { master_keys: Record<string, object> };
    await device.askPastLibrary('POST', signing, { [userId]: { unbesehen: identities[userId] } });
    return device.hasVerified(userId);
  },
});

/** Whoever compares emojis must not end up believing an identity that the homeserver made up. */
export const foreignIdentity: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.foreign-identity',
    title:
      'Schiebt der Server einer Person eine fremde Identität unter, bricht die Geräteprüfung ab, und niemand unterschreibt sie.',
    requirements: ['VE-09'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'wish',
    rows: ['e2e-sas-mitm'],
    attacks: [3],
  },
  counterexamples: [
    {
      title: 'Das Gerät von carol hält die fremde Identität für bestätigt.',
      defect: trustingUnseen('carol'),
      expectFinding: 'trusted-anyway',
    },
    {
      title: 'Das Gerät von dora unterschreibt die fremde Identität.',
      defect: { person: 'dora', skips: 'ownJudgement', weakened: signingUnseen },
      expectFinding: 'foreign-key-signed',
    },
  ],
  run: async (context) => {
    const honest = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const failed = await confirmSame(await askBob(honest));
    const trust = Object.values(await mutualTrustAfter(honest));
    if (failed.length > 0 || trust.includes(false))
      return inconclusive('void: Schon ohne Angriff misslang die Prüfung.');
    const findings: Finding[] = [];
    const ends: string[] = [];
    for (const swap of swaps) {
      const attacked = await verifyWithSwap(context, honest.alice, swap);
      if (attacked === undefined) return inconclusive(`void: ${swap.what}: Die Prüfung kam nicht bis zum Vergleich.`);
      findings.push(...attacked.findings);
      ends.push(`${swap.what}: ${describeEnd(attacked.end)}`);
    }
    return outcomeOf(findings, `${ends.join('; ')}. Keine gilt als bestätigt oder ist unterschrieben.`);
  },
};

interface Attacked {
  readonly findings: readonly Finding[];
  readonly end: VerificationEnd;
}

async function verifyWithSwap(
  context: EncryptionContext,
  alice: CryptoDevice,
  swap: Swap,
): Promise<Attacked | undefined> {
  const { publicKey, alteration } = makeUpIdentity(alice.userId, swap.nameFor(alice));
  const { sightings } = context.wire.watch(publicKey);
  const victim = await context.device(swap.victim, { between: attackedBy(alteration) });
  const roomId = await alice.createEncryptedRoom({
    name: `Prüfraum ${context.random.word(12)}`,
    invite: [victim.userId],
  });
  await victim.joinRoom(roomId);
  await alice.waitForMember(roomId, victim.userId);
  const pair: Meeting = { alice, bob: victim, roomId };
  const comparison = await askBob(pair);
  if (!isSame(await showEmojis(comparison))) return undefined;
  await Promise.all([comparison.asker.confirm(), comparison.answerer.confirm()]);
  const end = await comparison.answerer.waitForEnd();
  const isTrusted = await victim.hasVerified(alice.userId);
  const signed = sightings.some(({ direction, operation }) => direction === 'request' && operation.endsWith(signing));
  const findings = [
    ...(end.kind === 'cancelled' ? [] : [notCancelled(end, swap)]),
    ...expectNoTrust({ [`${swap.victim} über alice`]: isTrusted }),
    ...(signed ? [foreignKeySigned(swap)] : []),
  ];
  return { findings, end };
}

const notCancelled = (end: VerificationEnd, { victim, what }: Swap): Finding => ({
  code: 'not-cancelled',
  title: 'Eine Geräteprüfung gegen eine fremde Identität bricht nicht ab.',
  expected: 'Die Prüfung endet mit einem Abbruch, etwa m.key_mismatch.',
  observed: `Sie endet so: ${describeEnd(end)}.`,
  where: `${victim}, ${what}`,
});

const foreignKeySigned = ({ victim, what }: Swap): Finding => ({
  code: 'foreign-key-signed',
  title: 'Ein Gerät unterschreibt eine Identität, die der Server erfunden hat.',
  expected: 'Unterschrieben wird nur, was die Person selbst gezeigt hat.',
  observed: 'Der fremde Schlüssel ging in einer Unterschrift über den Draht.',
  where: `${victim}, ${what}`,
});
