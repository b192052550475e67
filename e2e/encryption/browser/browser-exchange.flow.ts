import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { deliver } from '../meeting.ts';
import { megolm, wireFindings } from '../wire-findings.ts';
import { meetWithBrowser } from './browser-meeting.ts';

/** The library in a real browser and the one in this process read each other; the wire shows ciphertext alone. */
export const browserExchange: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.browser-exchange',
    title:
      'Ein Gerät im Browser und eines außerhalb tauschen Nachrichten in beide Richtungen aus; übertragen wird nur Megolm-Geheimtext.',
    requirements: ['VE-01'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-basic', 'e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Der Server verändert den Geheimtext, den das Gerät im Browser empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetWithBrowser(context);
    const findings = [
      ...(await deliver({ from: alice, to: bob, roomId, text: `Aus dem Browser ${context.random.word(12)}` })),
      ...(await deliver({ from: bob, to: alice, roomId, text: `In den Browser ${context.random.word(12)}` })),
    ];
    const events = context.wire.events.filter((event) => event.roomId === roomId);
    const sent = events.filter(({ direction }) => direction === 'request').length;
    if (sent < 2) return inconclusive(`Auf dem Draht waren nur ${sent} der 2 gesendeten Nachrichten zu sehen.`);
    return outcomeOf(
      [...findings, ...wireFindings(events)],
      `Beide Richtungen entschlüsselt; ${events.length} Ereignisse auf dem Draht, alle m.room.encrypted (${megolm}).`,
    );
  },
};
