import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson, type JsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice, Shield } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { believingAnything } from '../defects/weak-readers.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, type Reception, receive } from './warnings.ts';

const spoofed = (object: JsonObject, { from, as }: { readonly from: string; readonly as: string }): JsonObject =>
  object['type'] === 'm.room.encrypted' && object['sender'] === from ? { ...object, sender: as } : object;

/** A device that no longer believes anything after one forged message. */
const suspiciousAfterForgery = ({ shieldOf }: CryptoDevice): Partial<CryptoDevice> => {
  let last: Shield | undefined;
  return {
    shieldOf: async (roomId, eventId) => {
      last = last?.colour === 'red' ? last : await shieldOf(roomId, eventId);
      return last;
    },
  };
};

/** Who wrote a message is told by its key, not by the homeserver. */
export const senderSpoof: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.sender-spoof',
    title:
      'Gibt der Server einer Nachricht eine andere Absenderin, bleibt sie unlesbar oder trägt eine rote Warnung, die das sagt; ehrliche Nachrichten bleiben ohne Warnung.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-sender-spoof'],
    attacks: [12],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice warnt nicht.',
      defect: {
        person: 'alice',
        skips: 'warning',
        weakened: believingAnything,
      },
      expectFinding: 'accepted',
    },
    {
      title: 'Das Gerät von alice warnt, als sei nur ein Gerät nicht unterschrieben.',
      defect: {
        person: 'alice',
        skips: 'warning',
        weakened: ({ shieldOf }) => ({
          shieldOf: async (roomId, eventId) => {
            const shield = await shieldOf(roomId, eventId);
            return shield?.colour === 'red' ? { colour: 'red', reason: 'UNSIGNED_DEVICE' } : shield;
          },
        }),
      },
      expectFinding: 'other-reason',
    },
    {
      title: 'Das Gerät von alice warnt auch vor dem, was bob wirklich gesendet hat.',
      defect: { person: 'alice', skips: 'warning', weakened: suspiciousAfterForgery },
      expectFinding: 'honest-suspected',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(({ device, answer }) =>
      device === 'alice' ? alterJson(answer, (object) => spoofed(object, { from: bobId, as: carolId })) : answer,
    );
    const { alice, bob, carol, roomId } = await threeInEncryptedRoom(context, {}, attack.alteration);
    const [bobId, carolId] = [bob.userId, carol.userId];
    const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(honest))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    attack.start();
    const forged = await receive(alice, roomId, await bob.sendText(roomId, `Gefälscht ${context.random.word(12)}`));
    if (forged.state.kind === 'absent') return inconclusive('Die gefälschte Nachricht kam nicht an.');
    attack.stop();
    const later = await receive(alice, roomId, await bob.sendText(roomId, `Danach ${context.random.word(12)}`));
    return outcomeOf(
      [
        ...expectRefused(forged, 'm.room.encrypted, sender'),
        ...(isReasonTold(forged) ? [] : [otherReason(forged)]),
        ...(isReadWithoutWarning(later) ? [] : [honestSuspected(later)]),
      ],
      `Gefälschte Absenderin: ${describeReception(forged)}; danach: ${describeReception(later)}.`,
    );
  },
};

/** A message that is not warned of at all is told elsewhere. */
const isReasonTold = ({ state, shield }: Reception) =>
  state.kind !== 'decrypted' || shield?.colour !== 'red' || shield.reason === 'MISMATCHED_SENDER';

const otherReason = (forged: Reception): Finding => ({
  code: 'other-reason',
  title: 'Die Warnung sagt nicht, dass die Absenderin nicht zum Schlüssel passt.',
  expected: 'Eine rote Warnung mit dem Grund MISMATCHED_SENDER.',
  observed: describeReception(forged),
  where: 'm.room.encrypted, sender',
});

const honestSuspected = (later: Reception): Finding => ({
  code: 'honest-suspected',
  title: 'Nach einer gefälschten Nachricht erscheint auch eine echte als gefälscht oder unlesbar.',
  expected: 'Eine echte Nachricht wird entschlüsselt und trägt keine rote Warnung.',
  observed: describeReception(later),
  where: 'bob → alice',
});
