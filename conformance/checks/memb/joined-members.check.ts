import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt } from '../../lib/json.ts';
import { type Claim, expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const membersPath = '/_matrix/client/v3/rooms/{roomId}/joined_members';
const roomsPath = '/_matrix/client/v3/joined_rooms';

// Who is in a room, and in which rooms somebody is: exactly those, and not for outsiders.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidjoined_members
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.joined-members',
    title: 'Die Listen der Anwesenden eines Raums und der eigenen Räume stimmen genau',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidjoined_members'),
  },
  counterexamples: [
    {
      title: 'Die Liste der Anwesenden ist leer',
      defect: { when: { path: membersPath }, alter: onlyNth(1, setting(['joined'], {})) },
      expectFinding: 'members-differ',
    },
    {
      title: 'Wer gegangen ist, sieht die Anwesenden',
      defect: { when: { path: membersPath }, alter: onlyNth(2, answering(200, { joined: {} })) },
      expectFinding: 'departed-reads',
    },
    {
      title: 'Der eigene Raum fehlt',
      defect: { when: { path: roomsPath }, alter: setting(['joined_rooms'], []) },
      expectFinding: 'room-missing',
    },
    {
      title: 'Der verlassene Raum steht noch da',
      defect: {
        when: { path: roomsPath },
        alter: (answer, { earlier }) => {
          const before = earlier.flatMap(({ json }) => arrayAt(json, ['joined_rooms']));
          return { ...answer, json: { joined_rooms: [...arrayAt(answer.json, ['joined_rooms']), ...before] } };
        },
      },
      expectFinding: 'room-too-many',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const { invite, leave } = membershipSteps(tools.request);
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    premise(await invite(alice, roomId, carol));
    const members = (session: Session) => tools.request('GET', membersPath, { params: { roomId }, session });
    const both = await members(alice);
    const joined = await listing(tools, bob, (rooms) => rooms.includes(roomId));
    premise(await leave(bob, roomId));
    const left = await listing(tools, bob, (rooms) => !rooms.includes(roomId));
    const departed = await members(bob);
    const one = await members(alice);
    return outcomeOf(
      [
        ...memberFindings(both, [alice, bob]),
        ...memberFindings(one, [alice]),
        ...expectForbidden(departed, {
          code: 'departed-reads',
          title: 'Wer gegangen ist, kann die Anwesenden abrufen',
        }),
        ...expectThat(joined, roomsIn(joined).includes(roomId), {
          ...roomMissing,
          expected: 'der Raum unter den eigenen',
          observed: `${roomsIn(joined).length} Räume ohne ihn`,
        }),
        ...expectThat(left, !roomsIn(left).includes(roomId), {
          ...roomTooMany,
          expected: 'der verlassene Raum nicht unter den eigenen',
          observed: 'der verlassene Raum unter den eigenen',
        }),
      ],
      'Anwesende und eigene Räume genau, auch nach dem Gehen; Gegangene 403',
    );
  },
});

const roomMissing: Claim = { code: 'room-missing', title: 'Ein Raum fehlt unter den eigenen' };
const roomTooMany: Claim = { code: 'room-too-many', title: 'Ein verlassener Raum steht unter den eigenen' };

const memberFindings = (answer: Answer, sessions: readonly Session[]): Findings =>
  expectEqual(
    answer,
    {
      wanted: sessions.map(({ userId }) => userId).toSorted(),
      got: Object.keys(objectAt(answer.json, ['joined'])).toSorted(),
    },
    { code: 'members-differ', title: 'Die Liste der Anwesenden eines Raums stimmt nicht' },
  );

const roomsIn = ({ json }: Answer): readonly unknown[] => arrayAt(json, ['joined_rooms']);

function listing(
  { request, poll }: Tools,
  session: Session,
  isSettled: (rooms: readonly unknown[]) => boolean,
): Promise<Answer> {
  return poll({
    ask: async () => premise(await request('GET', roomsPath, { session })),
    until: (answer) => isSettled(roomsIn(answer)),
    deadlineMs: settlingMs,
  });
}
