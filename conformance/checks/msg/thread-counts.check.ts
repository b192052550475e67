import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { openRoom } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { sendReceipt } from '../../lib/receipts.ts';
import { inThread, sendMessage } from '../../lib/relations.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, inlineFilter, roomIn, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const query = inlineFilter({ room: { timeline: { unread_thread_notifications: true } } });
const perThread = 'unread_thread_notifications';
const claims = {
  split: { code: 'counts-not-split', title: 'Ungelesenes wird nicht je Thema gezählt' },
  receipt: { code: 'receipt-spills', title: 'Eine Lesebestätigung im Thema wirkt nicht genau auf dieses Thema' },
};

// Unread messages are counted for each thread, and reading one thread leaves the others unread.
// https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.thread-counts',
    title: 'Ungelesenes wird je Thema gezählt und je Thema gelesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('receiving-notifications'),
  },
  counterexamples: [
    {
      title: 'Die Zählung je Thema fehlt',
      defect: { when, alter: changingRooms('join', (room) => withoutValueAt(room, [perThread])) },
      expectFinding: claims.split.code,
    },
    {
      title: 'Alles Ungelesene gilt als gelesen',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.earlier.length < 2
            ? answer
            : changingRooms('join', (room) =>
                withValueAt(withValueAt(room, [perThread], {}), ['unread_notifications', 'notification_count'], 0),
              )(answer, seen),
      },
      expectFinding: claims.receipt.code,
    },
  ],
  async run(tools) {
    // Accounts of an application service are not notified; people are.
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob', 'ordinary')];
    const roomId = await openRoom(tools, alice, bob);
    const text = (body: string) => sendMessage(tools, alice, roomId, { msgtype: 'm.text', body });
    const [one, two] = [await text('eins'), await text('zwei')];
    const reply = (root: string) => sendMessage(tools, alice, roomId, inThread({ roomId, eventId: root }, 'Antwort'));
    const since = await syncStart(tools, bob, query);
    await reply(one);
    const read = await reply(one);
    await reply(two);
    const countsWhen = async (token: string | undefined, wanted: unknown) => {
      const until = (json: unknown) => JSON.stringify(counts(json, roomId, [one, two])) === JSON.stringify(wanted);
      const end = await tools.waitForSync(bob, { ...(token && { since: token }), query, until, deadlineMs: arrivalMs });
      return { end, got: counts(end.last.json, roomId, [one, two]) };
    };
    const unread = [2, 2, 1];
    const before = await countsWhen(since, unread);
    premise(await sendReceipt(tools.request, bob, { roomId, eventId: read, threadId: one }));
    const rest = [2, 0, 1];
    const after = await countsWhen(before.end.nextBatch, rest);
    return outcomeOf(
      [
        ...expectEqual(before.end.last, { wanted: unread, got: before.got }, claims.split),
        ...expectEqual(after.end.last, { wanted: rest, got: after.got }, claims.receipt),
      ],
      'Zwei im Hauptverlauf, zwei im ersten Thema, eine im zweiten; gelesen wird nur das erste',
    );
  },
});

/** Unread outside threads, then in each of them. */
function counts(sync: unknown, roomId: string, threads: readonly string[]): readonly unknown[] {
  const room = roomIn(sync, 'join', roomId);
  const inThreads = threads.map((thread) => valueAt(room, [perThread, thread, 'notification_count']) ?? 0);
  return [valueAt(room, ['unread_notifications', 'notification_count']) ?? 0, ...inThreads];
}
