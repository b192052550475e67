import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { losingDeliveries } from '../../lib/disturbance.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { deliver } from '../meeting.ts';
import { meetWithBob } from './disturbed-bob.ts';

const losses = 2;

/** The line breaks just when the room key comes: the device asks again, and the server still has it. */
export const lostDelivery: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.lost-delivery',
    title: 'Geht die Antwort verloren, die den Raumschlüssel bringt, wird die Nachricht dennoch lesbar.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging',
    standing: 'normative',
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Der Server vergisst, was an das Gerät von bob geht.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verändert, was bob zu lesen bekommt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const loss = losingDeliveries(losses);
    const { alice, bob, roomId } = await meetWithBob(context, loss);
    loss.begin();
    const text = `Trotz verlorener Antwort ${context.random.word(12)}`;
    const findings = await deliver({ from: alice, to: bob, roomId, text });
    if (findings.length === 0 && loss.count() < losses)
      return inconclusive(`void: Nur ${loss.count()} von ${losses} Antworten gingen verloren.`);
    return outcomeOf(findings, `${losses} Antworten mit Schlüsseln verloren; die Nachricht wurde entschlüsselt.`);
  },
};
