import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { canonicalJson, objectAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { openRoom } from '../../lib/membership.ts';
import { sendText } from '../../lib/messages.ts';
import { markRead } from '../../lib/receipts.ts';
import type { SyncEnd } from '../../lib/sync.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;

interface Counts {
  readonly notification_count: number;
  readonly highlight_count: number;
}

// Every message counts, one that names a person stands out, and reading clears both.
// https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.counts',
    title: 'Ungelesene Nachrichten und Erwähnungen werden richtig gezählt und durch Lesen gelöscht',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('receiving-notifications'),
  },
  counterexamples: [
    {
      title: 'Die Erwähnung wird nicht als solche gezählt',
      defect: { when: { path }, alter: counting((counts) => ({ ...counts, highlight_count: 0 })) },
      expectFinding: 'count-differs',
    },
    {
      title: 'Nachrichten werden nicht gezählt',
      defect: { when: { path }, alter: counting((counts) => ({ ...counts, notification_count: 0 })) },
      expectFinding: 'count-differs',
    },
    {
      title: 'Lesen löscht die Zähler nicht',
      defect: {
        when: { path },
        alter: counting(({ notification_count }) =>
          notification_count === 0 ? { notification_count: 2, highlight_count: 1 } : {},
        ),
      },
      expectFinding: 'not-cleared',
    },
  ],
  async run(tools) {
    const { user, waitForSync } = tools;
    // Accounts of an application service are not notified; people are.
    const [alice, bob] = [await user('alice'), await user('bob', 'ordinary')];
    const roomId = await openRoom(tools, alice, bob);
    const start = await waitForSync(bob, { until: () => true, deadlineMs });
    await sendText(tools, alice, roomId, { body: 'eins' });
    const plain = await counted(tools, bob, {
      roomId,
      from: start,
      wanted: { notification_count: 1, highlight_count: 0 },
    });
    const eventId = await sendText(tools, alice, roomId, { body: 'zwei', 'm.mentions': { user_ids: [bob.userId] } });
    const named = await counted(tools, bob, {
      roomId,
      from: plain.end,
      wanted: { notification_count: 2, highlight_count: 1 },
    });
    await markRead(tools.request, bob, { roomId, eventId });
    const read = await counted(tools, bob, { roomId, from: named.end, wanted: none });
    return outcomeOf(
      [
        ...countFindings(plain, 'count-differs', 'Eine ungelesene Nachricht wird falsch gezählt'),
        ...countFindings(named, 'count-differs', 'Eine Erwähnung wird falsch gezählt'),
        ...countFindings(read, 'not-cleared', 'Lesen löscht die Zähler nicht'),
      ],
      'Nachricht 1, Erwähnung 2 mit einer Hervorhebung, nach dem Lesen 0',
    );
  },
});

const none: Counts = { notification_count: 0, highlight_count: 0 };

interface Counted {
  readonly end: SyncEnd;
  readonly wanted: Counts;
  readonly got: unknown;
}

/** Waits until the counts are as wanted; a sync that says nothing of the room leaves them as they were. */
async function counted(
  { waitForSync }: Tools,
  session: Session,
  { roomId, from, wanted }: { readonly roomId: string; readonly from: SyncEnd; readonly wanted: Counts },
): Promise<Counted> {
  let got: unknown;
  const end = await waitForSync(session, {
    ...(from.nextBatch !== undefined && { since: from.nextBatch }),
    until: (json) => {
      got = countsIn(json, roomId) ?? got;
      return canonicalJson(got) === canonicalJson(wanted);
    },
    deadlineMs,
  });
  return { end, wanted, got };
}

const countsIn = (sync: unknown, roomId: string): unknown =>
  valueAt(sync, ['rooms', 'join', roomId, 'unread_notifications']);

const countFindings = ({ end, wanted, got }: Counted, code: string, title: string): Findings =>
  expectEqual(end.last, { wanted, got }, { code, title });

function counting(change: (counts: Counts) => Partial<Counts>): Alteration {
  return (answer, seen) => {
    const rooms = objectAt(answer.json, ['rooms', 'join']);
    const changed = Object.entries(rooms).map(([roomId, room]) => {
      const counts = { ...none, ...objectAt(room, ['unread_notifications']) };
      return [roomId, withValueAt(room, ['unread_notifications'], { ...counts, ...change(counts) })];
    });
    return changed.length === 0 ? answer : setting(['rooms', 'join'], Object.fromEntries(changed))(answer, seen);
  };
}
