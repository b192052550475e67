import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import {
  addChild,
  createSpace,
  hierarchyTemplate as path,
  readHierarchy,
  roomIdsIn,
  roomsIn,
} from '../../lib/spaces.ts';
import type { Tools } from '../../lib/tools.ts';

const redactTemplate = '/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}';

/** A space with two rooms, one of them a space with one room. */
interface Tree {
  readonly space: string;
  readonly inner: string;
  readonly plain: string;
  readonly leaf: string;
  /** The event that puts `plain` into the space. */
  readonly link: string;
}

// The tree of a space is shown whole or as far as asked for, and a link that was taken back is no part of it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.space-hierarchy',
    title: 'Der Baum eines Raumverbunds wird vollständig gezeigt, auf Wunsch begrenzt, gefiltert und seitenweise',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1roomsroomidhierarchy'),
  },
  counterexamples: [
    {
      title: 'Der oberste Raum fehlt',
      defect: { when: { path }, alter: withoutFirst },
      expectFinding: 'tree-differs',
    },
    {
      title: 'Die Einordnungen fehlen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          setting(
            ['rooms'],
            roomsIn(answer).map((room) => ({ ...Object(room), children_state: [] })),
          )(answer, seen),
      },
      expectFinding: 'links-differ',
    },
    {
      title: 'Die verlangte Tiefe wird nicht beachtet',
      defect: { when: { path }, alter: repeatingFirstFor('max_depth') },
      expectFinding: 'depth-ignored',
    },
    {
      title: 'Auch nicht empfohlene Räume werden gezeigt',
      defect: { when: { path }, alter: repeatingFirstFor('suggested_only=true') },
      expectFinding: 'suggestion-ignored',
    },
    {
      title: 'Die zweite Seite ist leer',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.query.includes('from=') ? setting(['rooms'], [])(answer, seen) : answer),
      },
      expectFinding: 'pages-differ',
    },
    {
      title: 'Ein Raum bleibt, obwohl seine Einordnung zurückgenommen wurde',
      defect: {
        when: { path },
        alter: (answer, { query, earlier }) => (query === '' && earlier[0] !== undefined ? earlier[0] : answer),
      },
      expectFinding: 'link-remains',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const tree = await plant(tools, alice);
    const { space, inner, plain, leaf } = tree;
    const read = async (query = {}) => premise(await readHierarchy(request, alice, space, query));
    const whole = await read();
    const shallow = await read({ max_depth: '1' });
    const suggested = await read({ suggested_only: 'true' });
    const first = await read({ limit: '2' });
    const from = stringAt(first.json, ['next_batch']) ?? '';
    const second = await readHierarchy(request, alice, space, { limit: '2', from });
    const changed = await readHierarchy(request, alice, space, { limit: '2', from, max_depth: '1' });
    const pruned = await afterTakingBack(tools, alice, tree);
    const depth = { code: 'depth-ignored', title: 'Die verlangte Tiefe wird nicht beachtet' };
    const filter = { code: 'suggestion-ignored', title: 'Die Beschränkung auf empfohlene Räume wird nicht beachtet' };
    return outcomeOf(
      [
        ...expectRooms(whole, [space, inner, plain, leaf], {
          code: 'tree-differs',
          title: 'Der Baum des Raumverbunds ist nicht vollständig',
        }),
        ...linkFindings(whole, tree, { sender: alice.userId, via: [tools.target.serverName] }),
        ...expectRooms(shallow, [space, inner, plain], depth),
        ...expectRooms(suggested, [space, inner], filter),
        ...pageFindings([first, second], roomIdsIn(whole)),
        ...expectError(
          changed,
          { status: 400, errcode: 'M_INVALID_PARAM' },
          { code: 'page-changed', title: 'Die Tiefe lässt sich mitten im Blättern ändern' },
        ),
        ...expectRooms(pruned, [space, inner, leaf], {
          code: 'link-remains',
          title: 'Ein Raum bleibt im Baum, obwohl seine Einordnung zurückgenommen wurde',
        }),
      ],
      'Ganzer Baum, Tiefe 1, nur Empfohlenes, zwei Seiten; nach Rücknahme ohne den Raum',
    );
  },
});

async function plant(tools: Tools, session: Session): Promise<Tree> {
  const space = await createSpace(tools, session);
  const inner = await createSpace(tools, session);
  const [plain, leaf] = [await tools.room(session), await tools.room(session)];
  await addChild(tools, session, { space, child: inner, suggested: true });
  const link = await addChild(tools, session, { space, child: plain });
  await addChild(tools, session, { space: inner, child: leaf });
  return { space, inner, plain, leaf, link };
}

async function afterTakingBack(
  { request, random, poll }: Tools,
  session: Session,
  { space, plain, link }: Tree,
): Promise<Answer> {
  const params = { roomId: space, eventId: link, txnId: random.word(12) };
  premise(await request('PUT', redactTemplate, { params, session, body: {} }));
  return poll({
    ask: async () => premise(await readHierarchy(request, session, space)),
    until: (answer) => !roomIdsIn(answer).includes(plain),
    deadlineMs: settlingMs,
  });
}

interface Origin {
  readonly sender: string;
  readonly via: readonly string[];
}

/** Each space tells which rooms it lists, who put them there and how to reach them. */
function linkFindings(answer: Answer, { space, inner, plain, leaf }: Tree, { sender, via }: Origin): Findings {
  const link = (state_key: string, suggested?: boolean) => ({
    state_key,
    sender,
    content: { via, ...(suggested && { suggested }) },
  });
  const wanted = {
    [space]: [link(inner, true), link(plain)].toSorted(byKey),
    [inner]: [link(leaf)],
    [plain]: [],
    [leaf]: [],
  };
  const got = roomsIn(answer).map((room) => [
    stringAt(room, ['room_id']),
    arrayAt(room, ['children_state'])
      .map((event) => ({
        state_key: stringAt(event, ['state_key']) ?? '',
        sender: stringAt(event, ['sender']),
        content: valueAt(event, ['content']),
      }))
      .toSorted(byKey),
  ]);
  return expectEqual(
    answer,
    { wanted, got: Object.fromEntries(got) },
    { code: 'links-differ', title: 'Ein Raumverbund nennt nicht genau die Einordnungen, die in ihm stehen' },
  );
}

const byKey = (a: { readonly state_key: string }, b: { readonly state_key: string }): number =>
  a.state_key < b.state_key ? -1 : 1;

/** The order among siblings is the server's choice here. */
const expectRooms = (answer: Answer, wanted: readonly string[], claim: { code: string; title: string }): Findings =>
  expectEqual(answer, { wanted: wanted.toSorted(), got: roomIdsIn(answer).toSorted() }, claim);

const pageFindings = ([first, second]: readonly [Answer, Answer], whole: readonly string[]): Findings =>
  expectEqual(
    second,
    { wanted: [whole.slice(0, 2), whole.slice(2)], got: [roomIdsIn(first), roomIdsIn(second)] },
    { code: 'pages-differ', title: 'Die Seiten ergeben nicht den ganzen Baum in seiner Reihenfolge' },
  );

function withoutFirst(...[answer, seen]: Parameters<Alteration>): ReturnType<Alteration> {
  return setting(['rooms'], roomsIn(answer).slice(1))(answer, seen);
}

function repeatingFirstFor(word: string): Alteration {
  return (answer, { query, earlier }) => (query.includes(word) && earlier[0] !== undefined ? earlier[0] : answer);
}
