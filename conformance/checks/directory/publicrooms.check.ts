import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { listedIds, listedRooms, publicRoomsPath, searchRooms, unlist } from '../../lib/public-rooms.ts';
import type { Tools } from '../../lib/tools.ts';

const search = { method: 'POST', path: publicRoomsPath };

const stranger = { room_id: '!fremd:example.org', num_joined_members: 1, world_readable: false, guest_can_join: false };

// A published room is found by its name, shown as it is, and a long list can be read page by page.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3publicrooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.publicrooms',
    title: 'Veröffentlichte Räume werden gefunden, mit richtigen Angaben gezeigt und seitenweise geliefert',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3publicrooms'),
  },
  counterexamples: [
    {
      title: 'Der Raum wird nicht gefunden',
      defect: { when: search, alter: setting(['chunk'], []) },
      expectFinding: 'entry-differs',
    },
    {
      title: 'Das Thema ist ein anderes',
      defect: { when: search, alter: setting(['chunk', 0, 'topic'], 'anders') },
      expectFinding: 'entry-differs',
    },
    {
      title: 'Es werden zu viele Mitglieder gezählt',
      defect: { when: search, alter: setting(['chunk', 0, 'num_joined_members'], 99) },
      expectFinding: 'entry-differs',
    },
    {
      title: 'Nach der ersten Seite geht es nicht weiter',
      defect: { when: search, alter: removing(['next_batch']) },
      expectFinding: 'pages-differ',
    },
    {
      title: 'Die Liste ist länger als verlangt',
      defect: {
        when: { method: 'GET', path: publicRoomsPath },
        alter: setting(['chunk'], [stranger, stranger]),
      },
      expectFinding: 'limit-ignored',
    },
  ],
  async run(tools) {
    const { request, user, join, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const word = `pruefstand${random.word(12)}`;
    const topic = `Thema ${random.word(8)}`;
    const first = await publish(tools, alice, { name: `Raum ${word}`, topic });
    const second = await publish(tools, alice, { name: `Halle ${word}`, topic });
    await join(first, alice, bob);
    const found = await tools.poll({
      ask: async () => premise(await searchRooms(request, bob, `Raum ${word}`)),
      until: (answer) => valueAt(listedRooms(answer)[0], ['num_joined_members']) === 2,
      deadlineMs: settlingMs,
    });
    const pages = await allPages(tools, bob, word);
    const limited = premise(await request('GET', publicRoomsPath, { session: bob, query: { limit: '1' } }));
    for (const roomId of [first, second]) await unlist(request, alice, roomId);
    const wanted = { room_id: first, name: `Raum ${word}`, topic, ...publicEntry };
    return outcomeOf(
      [
        ...expectEqual(
          found,
          { wanted: [wanted], got: listedRooms(found).map(shownParts) },
          { code: 'entry-differs', title: 'Ein veröffentlichter Raum wird nicht oder falsch angezeigt' },
        ),
        ...pageFindings(pages, [first, second]),
        ...expectThat(limited, listedRooms(limited).length <= 1, {
          code: 'limit-ignored',
          title: 'Die verlangte Länge der Liste wird überschritten',
          expected: 'höchstens ein Raum',
          observed: `${listedRooms(limited).length} Räume`,
        }),
      ],
      'Raum mit Namen, Thema, Mitgliederzahl und Beitrittsregel gefunden, beide Räume auf je einer Seite',
    );
  },
});

const publicEntry = { join_rule: 'public', num_joined_members: 2, world_readable: false };

const shownParts = (room: unknown) => ({
  room_id: valueAt(room, ['room_id']),
  name: valueAt(room, ['name']),
  topic: valueAt(room, ['topic']),
  // Without it the room is open to all.
  join_rule: valueAt(room, ['join_rule']) ?? 'public',
  num_joined_members: valueAt(room, ['num_joined_members']),
  world_readable: valueAt(room, ['world_readable']),
});

const publish = (
  { room }: Tools,
  session: Session,
  options: { readonly name: string; readonly topic: string },
): Promise<string> => room(session, { ...options, preset: 'public_chat', visibility: 'public' });

/** Two pages of one room each. */
async function allPages({ request }: Tools, session: Session, word: string): Promise<readonly Answer[]> {
  const first = premise(await searchRooms(request, session, word, { limit: 1 }));
  const since = stringAt(first.json, ['next_batch']);
  return since === undefined
    ? [first]
    : [first, premise(await searchRooms(request, session, word, { limit: 1, since }))];
}

function pageFindings(pages: readonly Answer[], roomIds: readonly string[]): Findings {
  const got = pages.map(listedIds);
  return pages.slice(-1).flatMap((last) =>
    expectThat(
      last,
      got.every(({ length }) => length === 1) &&
        JSON.stringify(got.flat().toSorted()) === JSON.stringify(roomIds.toSorted()),
      {
        code: 'pages-differ',
        title: 'Die Seiten der Raumliste ergeben nicht genau die gesuchten Räume',
        expected: 'zwei Seiten mit je einem der beiden Räume',
        observed: got.map((ids) => ids.join(', ') || 'leer').join(' | '),
      },
    ),
  );
}
