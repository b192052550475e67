import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { readingUnproven } from '../defects/weak-readers.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { deliver, meetInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, receive } from './warnings.ts';

/** A message that failed must not spoil those that follow. */
const shuttingAfterFailure = ({ waitForMessage }: CryptoDevice): Partial<CryptoDevice> => {
  let isShut = false;
  return {
    waitForMessage: async (roomId, eventId) => {
      const state = await waitForMessage(roomId, eventId);
      const isClosed = isShut || state.kind === 'undecryptable';
      isShut = isClosed;
      return isClosed ? { kind: 'undecryptable', reason: 'shut' } : state;
    },
  };
};

/** Where one character is changed, as a share of the ciphertext's length. */
const places = [
  { name: 'Kopf', at: 0 },
  { name: 'Inhalt', at: 0.5 },
  { name: 'Unterschrift', at: 0.97 },
] as const;

/** A single changed character must not go unnoticed, wherever it stands. */
export const contentTamper: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.content-tamper',
    title:
      'Verändert der Server einen Geheimtext am Anfang, in der Mitte oder am Ende, bleibt die Nachricht unlesbar, und spätere bleiben lesbar.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-content-tamper'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice zeigt auch, was es nicht prüfen konnte.',
      defect: {
        person: 'alice',
        skips: 'contentProof',
        weakened: readingUnproven,
      },
      expectFinding: 'accepted',
    },
    {
      title: 'Das Gerät von alice öffnet nach einer veränderten Nachricht nichts mehr.',
      defect: { person: 'alice', skips: 'frankness', weakened: shuttingAfterFailure },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let at: number = places[0].at;
    const attack = createSwitchedAttack((seen) => brokenCiphertextFor('alice', at)(seen));
    const name = `Prüfraum ${context.random.word(12)}`;
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, name, {}, attack.alteration);
    const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(honest))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    const findings: Finding[] = [];
    for (const place of places) {
      at = place.at;
      attack.start();
      const changed = await receive(alice, roomId, await bob.sendText(roomId, `Verändert ${context.random.word(12)}`));
      attack.stop();
      if (changed.state.kind === 'absent') return inconclusive('Die veränderte Nachricht kam nicht an.');
      findings.push(...expectRefused(changed, `m.room.encrypted, ciphertext, ${place.name}`));
    }
    const text = `Danach ${context.random.word(12)}`;
    return outcomeOf(
      [...findings, ...(await deliver({ from: bob, to: alice, roomId, text }))],
      `${places.length} Veränderungen: ${places.map(({ name: where }) => where).join(', ')}; jede blieb unlesbar, die spätere Nachricht wurde entschlüsselt.`,
    );
  },
};
