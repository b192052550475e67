import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { arrayAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { megolm, stateValue } from '../../lib/room-state.ts';
import type { SyncEnd } from '../../lib/sync.ts';
import { changingRooms, hidingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const deadlineMs = 8_000;
const inviteState = ['invite_state', 'events'];

// Who is invited can tell what room it is and who invites before entering it.
// https://spec.matrix.org/v1.19/client-server-api/#stripped-state
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-ok',
    title: 'Eine Einladung kommt an und zeigt, in welchen Raum und von wem',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('stripped-state'),
  },
  counterexamples: [
    {
      title: 'Die Einladung kommt nicht an',
      defect: { when: { path }, alter: hidingRooms('invite') },
      expectFinding: 'not-told',
    },
    ...['m.room.create', 'm.room.name', 'm.room.avatar', 'm.room.encryption'].map((type) => ({
      title: `Der Einladung fehlt ${type}`,
      defect: { when: { path }, alter: changingRooms('invite', withoutType(type)) },
      expectFinding: 'state-incomplete',
    })),
    {
      title: 'Die Einladung sagt nicht, von wem sie kommt',
      defect: { when: { path }, alter: changingRooms('invite', withoutType('m.room.member')) },
      expectFinding: 'inviter-unknown',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const { roomId, wanted } = await furnishedRoom(tools, alice);
    premise(await membershipSteps(tools.request).invite(alice, roomId, bob));
    const told = await tools.waitForSync(bob, {
      query: inlineFilter(roomsOnly),
      until: (json) => invitationIn(json, roomId).length > 0,
      deadlineMs,
    });
    return outcomeOf(
      [
        ...expectThat(told.last, told.reached, {
          code: 'not-told',
          title: 'Die Einladung kommt nicht an',
          expected: `die Einladung binnen ${deadlineMs} ms`,
          observed: 'der Raum ist nicht unter den Einladungen',
        }),
        ...stateFindings(told, roomId, wanted),
        ...inviterFindings(told, roomId, { inviter: alice, invitee: bob }),
      ],
      'Einladung mit Name, Bild, Verschlüsselung, erstem Ereignis und einladender Person',
    );
  },
});

async function furnishedRoom({ room, random, target }: Tools, session: Session) {
  const name = `Raum ${random.word(8)}`;
  const url = `mxc://${target.serverName}/${random.word(16)}`;
  const initial_state = [
    { type: 'm.room.avatar', state_key: '', content: { url } },
    { type: 'm.room.encryption', state_key: '', content: { algorithm: megolm } },
  ];
  const roomId = await room(session, { preset: 'private_chat', name, initial_state });
  const wanted = { 'm.room.name': { name }, 'm.room.avatar': { url }, 'm.room.encryption': { algorithm: megolm } };
  return { roomId, wanted };
}

const invitationIn = (sync: unknown, roomId: string): readonly unknown[] =>
  arrayAt(sync, ['rooms', 'invite', roomId, ...inviteState]);

function stateFindings({ last }: SyncEnd, roomId: string, wanted: Readonly<Record<string, unknown>>) {
  const events = invitationIn(last.json, roomId);
  const got = Object.fromEntries(Object.keys(wanted).map((type) => [type, stateValue(events, type, [])]));
  const hasCreate = stateValue(events, 'm.room.create', []) !== undefined;
  return expectEqual(
    last,
    { wanted: { ...wanted, 'm.room.create': true }, got: { ...got, 'm.room.create': hasCreate } },
    { code: 'state-incomplete', title: 'Die Einladung zeigt nicht, um welchen Raum es geht' },
  );
}

function inviterFindings(
  { last }: SyncEnd,
  roomId: string,
  { inviter, invitee }: { readonly inviter: Session; readonly invitee: Session },
) {
  const own = invitationIn(last.json, roomId).find((event) => valueAt(event, ['state_key']) === invitee.userId);
  const got = { sender: valueAt(own, ['sender']), membership: valueAt(own, ['content', 'membership']) };
  return expectEqual(
    last,
    { wanted: { sender: inviter.userId, membership: 'invite' }, got },
    { code: 'inviter-unknown', title: 'Die Einladung zeigt nicht, von wem sie kommt' },
  );
}

function withoutType(type: string) {
  return (room: unknown) => {
    const others = arrayAt(room, inviteState).filter((event) => valueAt(event, ['type']) !== type);
    return withValueAt(room, inviteState, others);
  };
}
