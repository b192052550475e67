import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { refusing } from '../../lib/disturbance.ts';
import type { EncryptionFlow } from '../context.ts';
import { claimAll } from '../delivery/claim-all.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { deliver } from '../meeting.ts';
import { onlyFallbackForDora } from './claim-answers.ts';
import { expectReplenished, replenishes } from './fresh-keys.ts';

/** What the homeserver says when a device offers another key under a name it had used before. */
const alreadyThere = {
  status: 400,
  body: { errcode: 'M_UNKNOWN', error: 'One time key signed_curve25519:AAAAAAAAAAA already exists.' },
};

/** A device whose keys the homeserver refuses must stay within reach, and must not stay without keys for good. */
export const refusedKeyUpload: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.refused-key-upload',
    title: 'Weist der Server neue Einmalschlüssel ab, bleibt das Gerät erreichbar und holt das Hochladen nach.',
    requirements: ['VE-18', 'VE-19'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'normative',
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Der Server verliert, was an das Gerät von bob geht.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Das Gerät von bob bringt danach keine neuen Einmalschlüssel mehr.',
      defect: onlyFallbackForDora,
      expectFinding: 'not-replenished',
    },
  ],
  run: async (context) => {
    const refusal = refusing('/keys/upload', alreadyThere);
    const [alice, bob, dora] = await Promise.all([
      context.device('alice'),
      context.device('bob', { between: refusal.between }),
      context.device('dora'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    refusal.begin();
    await claimAll(dora, bob);
    const findings = [];
    // The second message comes when the device has answered the first with an attempt to upload.
    for (const what of ['Während der Störung', 'Noch während der Störung']) {
      findings.push(...(await deliver({ from: alice, to: bob, roomId, text: `${what} ${context.random.word(12)}` })));
    }
    if (findings.length > 0) return outcomeOf(findings, '');
    const refused = refusal.count();
    refusal.end();
    const isFresh = await replenishes(context, { owner: bob, writer: alice, claimer: dora, roomId });
    if (isFresh && refused === 0) return inconclusive('void: Es gab nichts abzuweisen.');
    return outcomeOf(
      expectReplenished(isFresh, 'der Störung'),
      `${refused} Mal abgewiesen, ohne dass eine Nachricht unlesbar blieb; danach neue Einmalschlüssel.`,
    );
  },
};
