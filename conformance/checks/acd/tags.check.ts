import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { tagsTemplate, tagTemplate } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, removing, setting } from '../../lib/defect.ts';
import { objectAt, valueAt, withoutValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, roomAccountData, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const own = 'u.pruefstand';
const wanted = { 'm.favourite': { order: 0.25 }, [own]: {} };
const list = { method: 'GET', path: tagsTemplate };
const claims = {
  listed: { code: 'tags-differ', title: 'Die Merkmale eines Raums werden nicht unverändert aufgelistet' },
  synced: { code: 'tags-not-synced', title: 'Die eigenen Geräte erfahren die Merkmale eines Raums nicht' },
  removed: { code: 'tag-remains', title: 'Ein entferntes Merkmal steht weiter am Raum' },
  foreign: { code: 'foreign-tags', title: 'Die Merkmale anderer Personen sind zugänglich' },
  upgraded: { code: 'tags-lost-on-upgrade', title: 'Der Nachfolger eines Raums trägt dessen Merkmale nicht' },
};

// Favourites and folders belong to one person, keep their order and follow a room to its successor.
// https://spec.matrix.org/v1.19/client-server-api/#room-tagging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.tags',
    title: 'Merkmale von Räumen werden gespeichert, verteilt, entfernt und beim Nachfolger übernommen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('room-tagging'),
  },
  counterexamples: [
    {
      title: 'Die Ordnung geht verloren',
      defect: { when: list, alter: removing(['tags', 'm.favourite', 'order']) },
      expectFinding: claims.listed.code,
    },
    {
      title: 'Andere Geräte erfahren nichts',
      defect: {
        when: { path: syncTemplate },
        alter: changingRooms('join', (room) => withoutValueAt(room, ['account_data'])),
      },
      expectFinding: claims.synced.code,
    },
    {
      title: 'Das entfernte Merkmal bleibt',
      defect: { when: list, alter: setting(['tags'], wanted) },
      expectFinding: claims.removed.code,
    },
    {
      title: 'Andere sehen die Merkmale',
      defect: {
        when: list,
        alter: (answer, seen) => (answer.status === 403 ? answering(200, { tags: wanted })(answer, seen) : answer),
      },
      expectFinding: claims.foreign.code,
    },
    {
      title: 'Der Nachfolger trägt kein Merkmal',
      defect: {
        when: { path: /\/(upgrade|tags)$/ },
        alter: (answer, seen) =>
          seen.path.endsWith('/tags') &&
          seen.earlier.some(({ json }) => valueAt(json, ['replacement_room']) !== undefined)
            ? { ...answer, json: { tags: {} } }
            : answer,
      },
      expectFinding: claims.upgraded.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    const since = await syncStart(tools, alice);
    const at = (tag: string) => ({ params: { userId: alice.userId, roomId, tag }, session: alice });
    premise(await request('PUT', tagTemplate, { ...at('m.favourite'), body: { order: 0.25 } }));
    premise(await request('PUT', tagTemplate, { ...at(own), body: {} }));
    const listed = await tagsOnce(tools, alice, roomId, 2);
    const count = (json: unknown) =>
      Object.keys(objectAt(roomAccountData(json, roomId, 'm.tag'), ['content', 'tags'])).length;
    const synced = await tools.waitForSync(alice, { since, until: (json) => count(json) === 2, deadlineMs: arrivalMs });
    const told = valueAt(roomAccountData(synced.last.json, roomId, 'm.tag'), ['content', 'tags']);
    premise(await request('DELETE', tagTemplate, at(own)));
    const removed = await tagsOnce(tools, alice, roomId, 1);
    const foreign = [
      await request('GET', tagsTemplate, { ...at(''), session: bob }),
      await request('PUT', tagTemplate, { ...at(own), session: bob, body: {} }),
      await request('DELETE', tagTemplate, { ...at('m.favourite'), session: bob }),
    ];
    const rest = { 'm.favourite': { order: 0.25 } };
    return outcomeOf(
      [
        ...expectEqual(listed, { wanted, got: valueAt(listed.json, ['tags']) }, claims.listed),
        ...expectEqual(synced.last, { wanted, got: told }, claims.synced),
        ...expectEqual(removed, { wanted: rest, got: valueAt(removed.json, ['tags']) }, claims.removed),
        ...foreign.flatMap((answer) => expectForbidden(answer, claims.foreign)),
        ...(await upgradeFindings(tools, alice, roomId)),
      ],
      'Aufgelistet, verteilt, entfernt, vor anderen geschützt und vom Nachfolger übernommen',
    );
  },
});

/** The tags once there are that many, or the deployment had time to settle. */
function tagsOnce({ request, poll }: Tools, session: Session, roomId: string, count: number) {
  return poll({
    ask: () => request('GET', tagsTemplate, { params: { userId: session.userId, roomId }, session }),
    until: ({ json }) => Object.keys(objectAt(json, ['tags'])).length === count,
    deadlineMs: settlingMs,
  });
}

async function upgradeFindings(tools: Tools, session: Session, roomId: string): Promise<readonly Finding[]> {
  const { request } = tools;
  const capabilities = premise(await request('GET', '/_matrix/client/v3/capabilities', { session }));
  const version = premiseString(capabilities, ['capabilities', 'm.room_versions', 'default']);
  const upgrade = '/_matrix/client/v3/rooms/{roomId}/upgrade';
  const upgraded = await request('POST', upgrade, { params: { roomId }, session, body: { new_version: version } });
  const successor = await tagsOnce(tools, session, premiseString(upgraded, ['replacement_room']), 1);
  const got = valueAt(successor.json, ['tags', 'm.favourite', 'order']);
  return expectEqual(successor, { wanted: 0.25, got }, claims.upgraded);
}
