import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import { alterJoinedRoom, joinOf, tellingOnce } from '../attacks/synced-room.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { hidingFrom } from './altered-client.ts';
import { safeguardsOf } from './safeguards.ts';
import { sideOfClient } from './side.ts';
import { meet } from './together.ts';

/** Nobody signs who is in a room: people must at least see who the homeserver put there, before they write on. */
export const clientAddedMember: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.added-member',
    title:
      'Schiebt der Server jemanden in einen Raum ein, zeigt der Web-Client den Beitritt im Verlauf, auch für Screenreader.',
    requirements: ['VE-12'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'wish',
    attacks: [1],
  },
  counterexamples: [
    {
      title: 'Die Oberfläche blendet aus, wer dem Raum beitritt.',
      defect: hidingFrom('bob', ['.mx_TextualEvent', '.mx_EventTile_info', '.mx_GenericEventListSummary']),
      expectFinding: 'join-unseen',
    },
  ],
  run: async (context) => {
    const stranger = `eingeschoben-${context.random.word(8)}`;
    let attackedRoom = '';
    const adding = tellingOnce(() => joinOf(`@${stranger}:fremd.pruefstand.invalid`));
    const attack = createSwitchedAttack((seen) => alterJoinedRoom(seen, attackedRoom, adding));
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.client('bob', { between: attackedBy(attack.alteration) }),
    ]);
    const room = await meet(context, alice, [sideOfClient(bob)]);
    attackedRoom = room.id;
    const say = async (text: string) => {
      await alice.sendText(room.id, text);
      return bob.waitForText(text);
    };
    const isHeard = await say(`Vorher ${context.random.word(12)}`);
    if (!isHeard || tellsOf(stranger, await safeguardsOf(bob).describeRoom()))
      return inconclusive('void: Schon ohne Angriff kam nichts an, oder die fremde Person war zu sehen.');
    attack.start();
    if (!(await say(`Nachher ${context.random.word(12)}`)))
      return inconclusive('void: Mit dem Angriff kam beim Web-Client nichts mehr an.');
    const told = await safeguardsOf(bob).describeRoom();
    await bob.keepPicture('Nach dem eingeschobenen Beitritt');
    return outcomeOf(
      tellsOf(stranger, told) ? [] : [joinUnseen(bob.client)],
      'Der eingeschobene Beitritt steht im Verlauf vor der nächsten Nachricht, sichtbar und im Barrierefreiheitsbaum.',
    );
  },
};

const tellsOf = (stranger: string, told: string) =>
  told.split('\n').some((line) => line.includes(stranger) && /betreten|beigetreten/.test(line));

const joinUnseen = (where: string): Finding => ({
  code: 'join-unseen',
  title: 'Der Web-Client zeigt nicht, dass jemand dem Raum beigetreten ist.',
  expected: 'Der Beitritt steht mit Namen im Verlauf, sichtbar und im Barrierefreiheitsbaum.',
  observed: 'Im geöffneten Raum ist davon nichts zu finden.',
  where,
});
