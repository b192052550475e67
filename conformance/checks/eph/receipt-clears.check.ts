import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { openRoom } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { sendReceipt } from '../../lib/receipts.ts';
import { sendMessage } from '../../lib/relations.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, roomIn, syncStart } from '../../lib/sync-sections.ts';

const path = ['unread_notifications', 'notification_count'];
const claims = {
  counted: { code: 'not-counted', title: 'Ungelesene Nachrichten werden nicht richtig gezählt' },
  partly: { code: 'partly-wrong', title: 'Eine Lesebestätigung zählt nicht genau die gelesenen Nachrichten ab' },
  cleared: { code: 'not-cleared', title: 'Nach dem Lesen der letzten Nachricht bleibt etwas ungelesen' },
};

/** The counts a defect shows instead of every true one. */
const always = (count: number) => ({
  when: { path: syncTemplate },
  alter: changingRooms('join', (room) => withValueAt(room, path, count)),
});

// Reading up to a message leaves exactly the later ones unread.
// https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.receipt-clears',
    title: 'Eine Lesebestätigung zählt genau die gelesenen Nachrichten ab',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('receiving-notifications'),
  },
  counterexamples: [
    { title: 'Nichts ist je ungelesen', defect: always(0), expectFinding: claims.counted.code },
    { title: 'Alles bleibt ungelesen', defect: always(3), expectFinding: claims.partly.code },
    { title: 'Eine Nachricht bleibt immer ungelesen', defect: always(1), expectFinding: claims.cleared.code },
  ],
  async run(tools) {
    // Accounts of an application service are not notified; people are.
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob', 'ordinary')];
    const roomId = await openRoom(tools, alice, bob);
    const start = await syncStart(tools, bob);
    const eventIds: string[] = [];
    for (const body of ['eins', 'zwei', 'drei']) {
      eventIds.push(await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body }));
    }
    let since = start;
    const countOnce = async (wanted: number) => {
      let got: unknown;
      const until = (json: unknown) => {
        got = valueAt(roomIn(json, 'join', roomId), path) ?? got;
        return got === wanted;
      };
      const { last, nextBatch = since } = await tools.waitForSync(bob, { since, until, deadlineMs: arrivalMs });
      since = nextBatch;
      return { answer: last, what: { wanted, got } };
    };
    const read = async (number: number) => {
      premise(await sendReceipt(tools.request, bob, { roomId, eventId: eventIds[number - 1] ?? '' }));
    };
    const counted = await countOnce(3);
    await read(2);
    const partly = await countOnce(1);
    await read(3);
    const cleared = await countOnce(0);
    return outcomeOf(
      [
        ...expectEqual(counted.answer, counted.what, claims.counted),
        ...expectEqual(partly.answer, partly.what, claims.partly),
        ...expectEqual(cleared.answer, cleared.what, claims.cleared),
      ],
      'Drei ungelesen, nach der zweiten eine, nach der dritten keine',
    );
  },
});
