import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, attackedBy } from '../../lib/alteration.ts';
import { makeUpIdentity } from '../attacks/made-up-identity.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { hidingFrom, textsWith } from './altered-client.ts';
import { identityWarning, marksIn } from './room-marks.ts';
import { safeguardsOf } from './safeguards.ts';
import { sideOfClient, sideOfDevice } from './side.ts';
import { compare, exchange, meet } from './together.ts';

/** Who was verified and suddenly has other keys may be somebody else. */
export const identityChange: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.identity-change',
    title:
      'Hat eine bestätigte Person plötzlich eine andere Identität, warnt der Web-Client, auch für Screenreader, und sendet nicht mehr.',
    requirements: ['VE-07'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'normative',
  },
  counterexamples: [
    {
      title: 'Die Oberfläche blendet die Warnung aus.',
      defect: hidingFrom('bob', ['.mx_RoomSummaryCard_badges', '.mx_RoomHeader_icon', '.mx_E2EIcon']),
      expectFinding: 'no-warning',
    },
    {
      title: 'Die Oberfläche nennt den Raum weiter vertrauenswürdig.',
      defect: textsWith('bob', [[/Nicht vertrauenswürdig/g, 'Vertrauenswürdig']]),
      expectFinding: 'no-warning',
    },
  ],
  run: async (context) => {
    let attack: Alteration = ({ answer }) => answer;
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.client('bob', { between: attackedBy((seen) => attack(seen)) }),
    ]);
    const safeguards = safeguardsOf(bob);
    const pair = { left: sideOfDevice(alice), right: sideOfClient(bob) };
    const room = await meet(context, alice, [pair.left, pair.right]);
    const trouble = [...(await exchange(context, room, pair)), ...((await compare(room, pair)) ?? [])];
    const honest = marksIn(await safeguards.describeRoom());
    await bob.keepPicture('Bestätigt');
    if (trouble.length > 0 || honest.warnsOfIdentity)
      return inconclusive(`void: Schon ohne Eingriff: ${trouble[0]?.title ?? 'Es wird gewarnt.'}`);
    attack = makeUpIdentity(alice.userId).alteration;
    // A new device of hers makes every client ask for her keys again.
    await context.device('alice', { name: 'Telefon' });
    await safeguards.waitForNote(identityWarning);
    const shown = marksIn(await safeguards.describeRoom());
    await bob.keepPicture('Andere Identität');
    const wasSent = await safeguards.tryToSend(`Danach ${context.random.word(12)}`);
    await bob.keepPicture('Nach dem Versuch zu senden');
    return outcomeOf(
      [...(shown.warnsOfIdentity ? [] : [noWarning(bob.client)]), ...(wasSent ? [sentAnyway(bob.client)] : [])],
      'Der Web-Client warnt sichtbar und im Barrierefreiheitsbaum; die Nachricht wird nicht gesendet.',
    );
  },
};

const noWarning = (where: string): Finding => ({
  code: 'no-warning',
  title: 'Der Web-Client warnt nicht, obwohl eine bestätigte Person eine andere Identität hat.',
  expected: 'Im offenen Raum oder seiner Beschreibung steht eine Warnung, sichtbar und im Barrierefreiheitsbaum.',
  observed: 'Davon ist nichts zu finden.',
  where,
});

const sentAnyway = (where: string): Finding => ({
  code: 'sent-anyway',
  title: 'Der Web-Client sendet weiter, obwohl eine bestätigte Person eine andere Identität hat.',
  expected: 'Gesendet wird erst wieder, nachdem die Person die neue Identität zur Kenntnis genommen hat.',
  observed: 'Die Nachricht wurde ohne Rückfrage gesendet.',
  where,
});
