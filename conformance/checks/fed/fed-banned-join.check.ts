import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { expectMembership, membershipAs, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { joinRoom, makeJoin, makeJoinPath, proposed, sendJoin, sendJoinPath } from '../../peer/join-room.ts';
import { openPeer } from '../../peer/peer.ts';
import { stateKeyOf } from '../../peer/room.ts';
import { takeIn } from '../../peer/take-in.ts';

const joined = { state: [], auth_chain: [], origin: 'altered', event: {}, members_omitted: false };
const letIn = (nth: number) => ({ when: { path: sendJoinPath }, alter: onlyNth(nth, answering(200, joined)) });

// A ban holds for people of other homeservers, too, whatever their homeserver makes of it.
// https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-banned-join',
    title: 'Wer verbannt ist, kommt auch über den eigenen Homeserver nicht in den Raum zurück',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('joining-rooms'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die verbannte Person bekommt eine Vorlage für den Beitritt',
      defect: {
        when: { path: makeJoinPath },
        alter: onlyNth(3, (answer, { earlier }) => ({ ...answer, status: 200, json: earlier[0]?.json })),
      },
      expectFinding: 'template-for-banned',
    },
    { title: 'Der Beitritt der verbannten Person wird angenommen', defect: letIn(3), expectFinding: 'banned-taken' },
    {
      title: 'Ein Beitritt, der die Verbannung verschweigt, wird angenommen',
      defect: letIn(4),
      expectFinding: 'banned-taken',
    },
    {
      title: 'Die verbannte Person gilt als Mitglied',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'ban-undone',
    },
    {
      title: 'Auch nach der Aufhebung kommt sie nicht herein',
      defect: {
        when: { path: sendJoinPath },
        alter: onlyNth(5, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'unbanned-refused',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const steps = membershipSteps(tools.request);
    const roomId = await tools.room(alice, { preset: 'public_chat', room_version: '12' });
    const [carol, mallory] = [peer.userId('carol'), peer.userId('mallory')];
    await joinRoom(peer, { roomId, userId: carol });
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const rejoin = (fields = {}) =>
      peer.sealed(room, {
        type: 'm.room.member',
        stateKey: mallory,
        sender: mallory,
        content: { membership: 'join' },
        fields,
      });
    const beforeBan = rejoin();
    premise(await steps.ban(alice, roomId, { userId: mallory }));
    await takeIn(peer, room, 'm.room.member', ({ json }) => stringAt(json, ['content', 'membership']) === 'ban');
    const withoutBan = ['m.room.power_levels', 'm.room.join_rules'].flatMap(
      (type) => room.state.get(stateKeyOf(type))?.eventId ?? [],
    );
    const template = await makeJoin(peer, { roomId, userId: mallory });
    const openly = await sendJoin(peer, roomId, rejoin());
    const silently = await sendJoin(peer, roomId, rejoin({ auth_events: withoutBan }));
    await peer.send({ pdus: [beforeBan, rejoin({ auth_events: withoutBan })] });
    const banned = await membershipAs(tools, alice, { roomId, whom: { userId: mallory }, wanted: 'ban' });
    premise(await steps.unban(alice, roomId, { userId: mallory }));
    const again = proposed(peer, await makeJoin(peer, { roomId, userId: mallory }));
    const back = await sendJoin(peer, roomId, again);
    const taken = { code: 'banned-taken', title: 'Der Beitritt einer verbannten Person wird angenommen' };
    return outcomeOf(
      [
        ...expectError(
          template,
          { status: 403, errcode: 'M_FORBIDDEN' },
          {
            code: 'template-for-banned',
            title: 'Die Bitte einer verbannten Person um Beitritt wird nicht als solche abgelehnt',
          },
        ),
        ...expectRefused(openly, taken),
        ...expectRefused(silently, taken),
        ...expectMembership(banned, 'ban', {
          code: 'ban-undone',
          title: 'Nach Versuchen beizutreten gilt die verbannte Person nicht mehr als verbannt',
        }),
        ...expectStatus(back, 200, {
          code: 'unbanned-refused',
          title: 'Nach Aufhebung der Verbannung wird der Beitritt nicht angenommen',
        }),
      ],
      'Beitritte der verbannten Person abgelehnt, nach der Aufhebung angenommen',
    );
  },
});
