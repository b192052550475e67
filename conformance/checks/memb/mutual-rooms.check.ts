import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering, removing } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectError, expectThat, shown } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v1/mutual_rooms';

// Enough for any account the bench uses.
const mostPages = 20;

// Two people find the rooms they share, all of them and no others.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mutual_rooms
export const check = conformanceCheck({
  variant: 'open',
  meta: {
    id: 'conformance.memb.mutual-rooms',
    title: 'Gemeinsame Räume zweier Personen werden vollständig gefunden, andere nicht genannt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mutual_rooms'),
  },
  counterexamples: [
    {
      title: 'Gemeinsame Räume fehlen',
      defect: { when: { path }, alter: withJoined(() => []) },
      expectFinding: 'shared-missing',
    },
    {
      title: 'Auch Räume der anderen Person werden genannt',
      defect: {
        when: { path: /\/(createRoom|mutual_rooms)$/ },
        alter: (answer, seen) => {
          const created = seen.earlier.flatMap(({ json }) => stringAt(json, ['room_id']) ?? []);
          return seen.path.endsWith('rooms') ? withJoined((rooms) => [...rooms, ...created])(answer, seen) : answer;
        },
      },
      expectFinding: 'foreign-named',
    },
    {
      title: 'Die Zahl der gemeinsamen Räume fehlt',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 200 ? removing(['count'])(answer, seen) : answer),
      },
      expectFinding: 'unreadable',
    },
    {
      title: 'Man kann nach sich selbst fragen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { joined: [], count: 0 })(answer, seen) : answer,
      },
      expectFinding: 'self-answered',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const first = await request('GET', path, { session: alice, query: { user_id: bob.userId } });
    if (first.status === 404) return notApplicable('Der Server gibt über gemeinsame Räume keine Auskunft.');
    const shared = [await room(alice, { preset: 'private_chat' }), await room(alice, { preset: 'private_chat' })];
    for (const roomId of shared) await join(roomId, alice, bob);
    const onlyInvited = await room(alice, { preset: 'private_chat' });
    premise(await membershipSteps(request).invite(alice, onlyInvited, bob));
    const alone = await room(alice, { preset: 'private_chat' });
    const pages = await allPages(tools, alice, bob);
    const self = await request('GET', path, { session: alice, query: { user_id: alice.userId } });
    const named = pages.flatMap(({ json }) => arrayAt(json, ['joined']));
    const foreign = named.filter((roomId) => roomId === onlyInvited || roomId === alone).length;
    const found = shared.filter((roomId) => named.includes(roomId)).length;
    const last = pages.at(-1) ?? first;
    return outcomeOf(
      [
        // The schema applies only where the server says that it implements the edition; this holds wherever there is an answer.
        ...[first, ...pages].flatMap((page) =>
          expectThat(
            page,
            Array.isArray(valueAt(page.json, ['joined'])) && Number.isInteger(valueAt(page.json, ['count'])),
            {
              code: 'unreadable',
              title: 'Die Auskunft über gemeinsame Räume ist nicht lesbar',
              expected: 'eine Liste joined und eine Zahl count',
              observed: shown(page.json),
            },
          ),
        ),
        ...expectThat(last, found === shared.length, {
          code: 'shared-missing',
          title: 'Gemeinsame Räume fehlen',
          expected: `${shared.length} gemeinsame Räume`,
          observed: `${found} davon`,
        }),
        ...expectThat(last, foreign === 0, {
          code: 'foreign-named',
          title: 'Räume, in denen nur eine der beiden Personen ist, gelten als gemeinsam',
          expected: 'nur Räume, in denen beide sind',
          observed: `${foreign} andere`,
        }),
        ...expectError(
          self,
          { status: 400, errcode: 'M_INVALID_PARAM' },
          { code: 'self-answered', title: 'Die Frage nach sich selbst wird nicht abgelehnt' },
        ),
      ],
      'Beide gemeinsamen Räume und keine anderen; nach sich selbst: 400',
    );
  },
});

async function allPages({ request }: Tools, session: Session, { userId }: Session): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let from: string | undefined; pages.length < mostPages; ) {
    const query = { user_id: userId, ...(from !== undefined && { from }) };
    const page = premise(await request('GET', path, { session, query }));
    pages.push(page);
    from = stringAt(page.json, ['next_batch']);
    if (from === undefined) break;
  }
  return pages;
}

function withJoined(change: (rooms: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer) =>
    answer.status === 200
      ? { ...answer, json: withValueAt(answer.json, ['joined'], change(arrayAt(answer.json, ['joined']))) }
      : answer;
}
