import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { MessageDescription } from '../../clients/client-driver.ts';
import { alterJson, attackedBy } from '../../lib/alteration.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { hidingFrom } from './altered-client.ts';
import { safeguardsOf } from './safeguards.ts';
import { sideOfClient } from './side.ts';
import { meet } from './together.ts';

/** What is told of a message that its named sender did not surely write, or that stays closed. */
const warning =
  /nicht verifiziert|nicht von .*bestätigt|unbekannte|Echtheit|nicht ent?schlüsselt|kann nicht entschlüsselt/i;

/** Somebody else may have written it: people have to see that, and hear it, at the message itself. */
export const messageWarnings: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.message-warnings',
    title:
      'Eine Nachricht von einem eingeschobenen Gerät und eine mit gefälschter Absenderin zeigt der Web-Client nur mit Warnung, auch für Screenreader.',
    requirements: ['VE-06'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'normative',
    rows: ['e2e-unsigned-device', 'e2e-sender-spoof'],
    attacks: [2, 12],
  },
  counterexamples: [
    {
      title: 'Die Oberfläche blendet die Warnung neben der Nachricht aus.',
      defect: hidingFrom('bob', ['.mx_EventTile_e2eIcon']),
      expectFinding: 'no-warning',
    },
  ],
  run: async (context) => {
    const spoofing = createSwitchedAttack(({ answer }) =>
      alterJson(answer, (event) =>
        event['type'] === 'm.room.encrypted' && event['sender'] === aliceId ? { ...event, sender: carolId } : event,
      ),
    );
    const [alice, carol, bob] = await Promise.all([
      context.device('alice'),
      context.device('carol'),
      context.client('bob', { between: attackedBy(spoofing.alteration) }),
    ]);
    const [aliceId, carolId] = [alice.userId, carol.userId];
    const room = await meet(context, alice, [sideOfClient(bob)]);
    await alice.invite(room.id, carol.userId);
    await carol.joinRoom(room.id);
    await alice.waitForMember(room.id, carol.userId);
    const { describeMessage } = safeguardsOf(bob);
    const honest = await describeMessage(await alice.sendText(room.id, `Ehrlich ${context.random.word(12)}`));
    if (isWarned(honest)) return inconclusive(`void: Schon vor der ehrlichen Nachricht wird gewarnt: ${honest.told}`);
    // Whoever runs the homeserver can log in for alice, but not sign in her name.
    const phantom = await context.device('alice', { name: 'Phantom' });
    await phantom.waitForRoom(room.id);
    const added = await describeMessage(await phantom.sendText(room.id, `Phantom ${context.random.word(12)}`));
    await bob.keepPicture('Nachricht des eingeschobenen Geräts');
    spoofing.start();
    const spoofed = await describeMessage(await alice.sendText(room.id, `Gefälscht ${context.random.word(12)}`));
    await bob.keepPicture('Nachricht mit gefälschter Absenderin');
    return outcomeOf(
      [
        ...expectWarning(added, `${bob.client}: Nachricht eines eingeschobenen Geräts`),
        ...expectWarning(spoofed, `${bob.client}: Nachricht mit gefälschter Absenderin`),
      ],
      'Vor beiden Nachrichten warnt der Web-Client sichtbar und im Barrierefreiheitsbaum, vor der ehrlichen nicht.',
    );
  },
};

const isWarned = ({ told, isMarked }: MessageDescription) => isMarked || warning.test(told);

function expectWarning({ told, isMarked }: MessageDescription, where: string): readonly Finding[] {
  if (isMarked && warning.test(told)) return [];
  const what = isMarked
    ? 'nur ein Zeichen zu sehen, aber keine Warnung im Barrierefreiheitsbaum'
    : 'keine Warnung zu sehen';
  return [
    {
      code: 'no-warning',
      title: 'Der Web-Client zeigt eine Nachricht, deren Herkunft nicht feststeht, ohne Warnung.',
      expected: 'Neben der Nachricht steht eine Warnung, sichtbar und im Barrierefreiheitsbaum.',
      observed: `Es ist ${what}.`,
      where,
    },
  ];
}
