import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { hidingFrom, textsWith } from './altered-client.ts';
import { marksIn } from './room-marks.ts';
import { safeguardsOf } from './safeguards.ts';

/** Who writes must be able to tell whether others can read along. */
export const unencryptedRoom: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.unencrypted-room',
    title: 'Der Web-Client kennzeichnet einen Raum ohne Verschlüsselung, auch für Screenreader.',
    requirements: ['VE-02'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencryption',
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Die Oberfläche blendet die Kennzeichnung des Raums aus.',
      defect: hidingFrom('bob', ['.mx_RoomSummaryCard_badges', '.mx_NewRoomIntro', '.mx_EventTileBubble']),
      expectFinding: 'not-marked',
    },
    {
      title: 'Die Oberfläche nennt jeden Raum verschlüsselt.',
      defect: textsWith('bob', [[/Unverschlüsselt/g, 'Verschlüsselt']]),
      expectFinding: 'claims-encryption',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(hiddenEncryptionState);
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.client('bob', { between: attackedBy(attack.alteration) }),
    ]);
    const safeguards = safeguardsOf(bob);
    const [closed, open] = [`Erster Prüfraum ${context.random.word(8)}`, `Zweiter Prüfraum ${context.random.word(8)}`];
    await alice.createEncryptedRoom({ name: closed, invite: [bob.userId] });
    await bob.acceptInvitation(closed);
    const honest = marksIn(await safeguards.describeRoom());
    await bob.keepPicture('Verschlüsselter Raum');
    if (!honest.claimsEncryption || honest.warnsOfNone)
      return inconclusive('void: Schon der verschlüsselte Raum ist nicht als solcher zu erkennen.');
    attack.start();
    await alice.createEncryptedRoom({ name: open, invite: [bob.userId] });
    await bob.acceptInvitation(open);
    const shown = marksIn(await safeguards.describeRoom());
    await bob.keepPicture('Raum ohne Verschlüsselung');
    const where = `${bob.client}: ${open.split(' ', 1)[0]} Raum`;
    return outcomeOf(
      [
        ...(shown.warnsOfNone ? [] : [finding('not-marked', where, 'Nirgends steht, dass er unverschlüsselt ist.')]),
        ...(shown.claimsEncryption
          ? [finding('claims-encryption', where, 'Er wird als verschlüsselt bezeichnet.')]
          : []),
      ],
      'Im Raum ohne Verschlüsselung steht, dass er unverschlüsselt ist; der verschlüsselte ist als solcher bezeichnet.',
    );
  },
};

const finding = (code: string, where: string, observed: string) => ({
  code,
  title: 'Ein Raum ohne Verschlüsselung ist im Web-Client nicht als solcher zu erkennen.',
  expected: 'Der offene Raum oder seine Beschreibung nennt ihn unverschlüsselt, sichtbar und im Barrierefreiheitsbaum.',
  observed,
  where,
});
