import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { meetInEncryptedRoom, read, wordsFrom } from '../meeting.ts';

/** What belongs to a message is as secret as the message; that it belongs to one is open, because the server counts it. */
export const editReactionThread: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.edit-reaction-thread',
    title: 'Änderungen und Antworten in Threads kommen an, und ihr Inhalt geht nur verschlüsselt über den Draht.',
    requirements: ['VE-03', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencrypted',
    standing: 'normative',
    rows: ['e2e-edit-reaction-thread'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'content-on-wire',
    },
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Das Gerät von alice sendet keine Reaktionen.',
      defect: {
        person: 'alice',
        skips: 'encryptedOnly',
        weakened: ({ sendText }) => ({ react: (roomId) => sendText(roomId, 'Reaktion') }),
      },
      expectFinding: 'relation-lost',
    },
  ],
  run: async (context) => {
    const { canary, control } = wordsFrom(context);
    const secret = context.wire.watch(canary);
    const open = context.wire.watch(control);
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${control}`);
    const rootId = await alice.sendText(roomId, `Erste Fassung ${context.random.word(12)}`);
    const text = `Zweite Fassung ${canary}`;
    await alice.edit(roomId, rootId, text);
    const reply = `Im Thread ${canary}`;
    const replyId = await alice.replyInThread(roomId, rootId, reply);
    await alice.react(roomId, rootId, '👍');
    const undelivered = await read({ from: alice, to: bob, roomId, eventId: replyId, text: reply });
    const isEdited = await bob.waitForEdit(roomId, rootId, text);
    const isReacted = await bob.waitForReaction(roomId, rootId, '👍');
    if (open.sightings.length === 0) return inconclusive('void: Die Suche fand auch das Kontrollwort nicht.');
    return outcomeOf(
      [
        ...undelivered,
        ...(isEdited ? [] : [lost('Änderung')]),
        ...(isReacted ? [] : [lost('Reaktion')]),
        ...onWire([...new Set(secret.sightings.map(({ device, operation }) => `${device}, ${operation}`))]),
      ],
      `Änderung, Reaktion und Antwort kamen an; ihr Inhalt stand in keinem von ${secret.bodies} Inhalten auf dem Draht.`,
    );
  },
};

const lost = (what: string): Finding => ({
  code: 'relation-lost',
  title: `Eine ${what} zu einer verschlüsselten Nachricht kommt auf der anderen Seite nicht an.`,
  expected: 'Das empfangende Gerät ordnet sie der Nachricht zu.',
  observed: 'Sie war innerhalb der Frist nicht zu sehen.',
  where: what,
});

const onWire = (places: readonly string[]): readonly Finding[] =>
  places.map((where) => ({
    code: 'content-on-wire',
    title: 'Der Inhalt einer Änderung oder Antwort ging offen über den Draht.',
    expected: 'Offen ist nur, zu welcher Nachricht sie gehört.',
    observed: 'Das Kanarienwort stand offen im Inhalt.',
    where,
  }));
