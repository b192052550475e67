import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';
import { foundUsers, directoryPath as path, searchUsers } from '../../lib/user-directory.ts';

// People are found by whom they share a room with, or when they are in a public room; a name for one room stays there.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3user_directorysearch
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.userdir',
    title:
      'Das Nutzerverzeichnis findet, wer einen Raum teilt oder in einem öffentlichen ist, und gibt Raumnamen nicht preis',
    requirements: ['DS-13', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3user_directorysearch'),
  },
  counterexamples: [
    {
      title: 'Niemand wird gefunden',
      defect: { when: { path }, alter: setting(['results'], []) },
      expectFinding: 'not-found',
    },
    {
      title: 'Unter einem Namen, der nur in einem privaten Raum gilt, wird jemand gefunden',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          arrayAt(answer.json, ['results']).length === 0
            ? setting(['results'], [{ user_id: '@bob:example.org' }])(answer, seen)
            : answer,
      },
      expectFinding: 'room-name-leaked',
    },
    {
      title: 'Eine Suche ohne Suchwort wird angenommen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { results: [], limited: false })(answer, seen) : answer,
      },
      expectFinding: 'empty-search-accepted',
    },
  ],
  async run(tools) {
    const { request, user, room, join, random } = tools;
    const alice = await user('alice');
    // Accounts of an application service are in no directory; people are.
    const [bob, carol] = [await user('bob', 'ordinary'), await user('carol', 'ordinary')];
    const shared = await room(alice);
    await join(shared, alice, bob);
    await room(carol, { preset: 'public_chat' });
    const roomName = `pruefstand${random.word(12)}`;
    await renameIn(tools, bob, { roomId: shared, roomName });
    const companion = await found(tools, alice, bob);
    const inPublic = await found(tools, alice, carol);
    const byRoomName = premise(await searchUsers(request, carol, roomName));
    const empty = await request('POST', path, { session: alice, body: {} });
    return outcomeOf(
      [
        ...foundFindings(companion, bob),
        ...foundFindings(inPublic, carol),
        ...expectEqual(
          byRoomName,
          { wanted: [], got: foundUsers(byRoomName) },
          {
            code: 'room-name-leaked',
            title: 'Ein Name, der nur in einem privaten Raum gilt, wird Fremden preisgegeben',
          },
        ),
        ...expectMalformed(empty, {
          code: 'empty-search-accepted',
          title: 'Eine Suche ohne Suchwort wird angenommen',
        }),
      ],
      'Raumgenosse und Person aus einem öffentlichen Raum gefunden, Name aus einem privaten Raum nicht',
    );
  },
});

/** A name in one room only. */
async function renameIn(
  { request }: Tools,
  session: Session,
  { roomId, roomName }: { readonly roomId: string; readonly roomName: string },
): Promise<void> {
  const params = { roomId, eventType: 'm.room.member', stateKey: session.userId };
  const body = { membership: 'join', displayname: roomName };
  const template = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
  premise(await request('PUT', template, { params, session, body }));
}

/** The directory follows the rooms a little later. */
const found = ({ request, poll }: Tools, session: Session, wanted: Session): Promise<Answer> =>
  poll({
    ask: async () => premise(await searchUsers(request, session, localpartOf(wanted.userId))),
    until: (answer) => foundUsers(answer).includes(wanted.userId),
    deadlineMs: settlingMs,
  });

const foundFindings = (answer: Answer, { userId }: Session): Findings =>
  expectThat(answer, foundUsers(answer).includes(userId), {
    code: 'not-found',
    title: 'Eine sichtbare Person wird im Nutzerverzeichnis nicht gefunden',
    expected: userId,
    observed: foundUsers(answer).join(', ') || stringAt(answer.json, ['errcode']) || 'niemand',
  });
