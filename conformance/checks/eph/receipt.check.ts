import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { receiptTemplate, sendReceipt } from '../../lib/receipts.ts';
import { sendProbes } from '../../lib/room-events.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, ephemeralOf, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const privately = 'm.read.private';
const claims = {
  public: { code: 'receipt-unseen', title: 'Eine Lesebestätigung erreicht die anderen Mitglieder nicht' },
  own: { code: 'private-unseen', title: 'Die nicht öffentliche Lesebestätigung erreicht die eigenen Geräte nicht' },
  leaked: { code: 'private-seen', title: 'Andere sehen eine nicht öffentliche Lesebestätigung' },
  invalid: { code: 'invalid-accepted', title: 'Eine unbekannte Art von Lesebestätigung wird angenommen' },
};

// Others learn what somebody has read, unless that person reads privately.
// https://spec.matrix.org/v1.19/client-server-api/#receipts
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.receipt',
    title: 'Lesebestätigungen erreichen die anderen, nicht öffentliche nur die eigenen Geräte',
    requirements: ['KO-05', 'MB-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('receipts'),
  },
  counterexamples: [
    {
      title: 'Niemand sieht Lesebestätigungen',
      defect: { when: { path: syncTemplate }, alter: changingRoomList(['ephemeral', 'events'], dropping) },
      expectFinding: claims.public.code,
    },
    {
      title: 'Alle sehen auch nicht öffentliche',
      defect: {
        when: { path: syncTemplate },
        alter: changingRoomList(['ephemeral', 'events'], (events) => [
          { type: 'm.receipt', content: { $altered: { [privately]: { '@bob:example.org': { ts: 1 } } } } },
          ...events,
        ]),
      },
      expectFinding: claims.leaked.code,
    },
    {
      title: 'Jede Art wird angenommen',
      defect: {
        when: { path: receiptTemplate },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.invalid.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const [first = '', second = '', third = ''] = await sendProbes(tools, alice, roomId, 3);
    const [own, others] = [await syncStart(tools, bob), await syncStart(tools, alice)];
    premise(await sendReceipt(request, bob, { roomId, eventId: second, receiptType: privately }));
    premise(await sendReceipt(request, bob, { roomId, eventId: first }));
    premise(await sendReceipt(request, bob, { roomId, eventId: third, threadId: 'main' }));
    const invalid = await sendReceipt(request, bob, { roomId, eventId: first, receiptType: 'm.gelesen' });
    const look = (session: Session, since: string, count: number) =>
      receiptsOf(tools, session, { roomId, reader: bob.userId, since, count });
    const [seenByBob, seenByAlice] = [await look(bob, own, 3), await look(alice, others, 2)];
    const numbers = (eventIds: readonly string[]) =>
      eventIds.map((id) => [first, second, third].indexOf(id) + 1).toSorted();
    const inMain = seenByAlice.found.find(({ eventId }) => eventId === third)?.threadId;
    const publicly = seenByAlice.found.filter(({ type }) => type === 'm.read').map(({ eventId }) => eventId);
    const secretly = (found: readonly Receipt[]) =>
      found.filter(({ type }) => type === privately).map(({ eventId }) => eventId);
    return outcomeOf(
      [
        ...expectEqual(
          seenByAlice.last,
          { wanted: { read: [1, 3], thread: 'main' }, got: { read: numbers(publicly), thread: inMain } },
          claims.public,
        ),
        ...expectEqual(seenByBob.last, { wanted: [2], got: numbers(secretly(seenByBob.found)) }, claims.own),
        ...expectEqual(seenByAlice.last, { wanted: [], got: numbers(secretly(seenByAlice.found)) }, claims.leaked),
        ...expectStatus(invalid, 400, claims.invalid),
      ],
      'Öffentliche Bestätigungen sieht das andere Mitglied, die nicht öffentliche nur die lesende Person',
    );
  },
});

interface Receipt {
  readonly eventId: string;
  readonly type: string;
  readonly threadId: unknown;
}

interface ReceiptWait {
  readonly roomId: string;
  readonly reader: string;
  readonly since: string;
  readonly count: number;
}

/** Every receipt of a reader that reaches a device, until that many have come. */
async function receiptsOf(tools: Tools, session: Session, { roomId, reader, since, count }: ReceiptWait) {
  const found: Receipt[] = [];
  const until = (json: unknown) => {
    const content = objectAt(ephemeralOf(json, roomId, 'm.receipt'), ['content']);
    for (const [eventId, types] of Object.entries(content)) {
      for (const [type, readers] of Object.entries(objectAt(types, []))) {
        // Who it is may be told wrongly; what nobody may see must not be there for anybody.
        if (type === 'm.read' && valueAt(readers, [reader]) === undefined) continue;
        found.push({ eventId, type, threadId: valueAt(readers, [reader, 'thread_id']) });
      }
    }
    return found.length >= count;
  };
  const { last } = await tools.waitForSync(session, { since, until, deadlineMs: arrivalMs });
  return { last, found };
}
