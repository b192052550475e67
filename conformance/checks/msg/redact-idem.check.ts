import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { acceptingEvent, expectRefused } from '../../lib/refusals.ts';
import { eventTemplate, latestMessages, readEvent, redact, redactTemplate, sendEvent } from '../../lib/room-events.ts';

const claims = {
  twice: { code: 'redacted-twice', title: 'Eine wiederholte Löschung erzeugt ein zweites Ereignis' },
  across: { code: 'across-rooms', title: 'Aus einem anderen Raum heraus lässt sich ein Ereignis löschen' },
  content: { code: 'content-lost', title: 'Eine Löschung im falschen Raum wirkt trotzdem' },
};

// Repeating a deletion deletes once; a deletion acts in its own room only.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.redact-idem',
    title: 'Löschungen lassen sich wiederholen und wirken nur im eigenen Raum',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3roomsroomidredacteventidtxnid'),
  },
  counterexamples: [
    {
      title: 'Jede Wiederholung löscht erneut',
      defect: { when: { path: redactTemplate }, alter: onlyNth(2, setting(['event_id'], '$anderes')) },
      expectFinding: claims.twice.code,
    },
    {
      title: 'Der falsche Raum wird angenommen',
      defect: { when: { path: redactTemplate }, alter: onlyNth(3, acceptingEvent) },
      expectFinding: claims.across.code,
    },
    {
      title: 'Das Ereignis des anderen Raums ist geleert',
      defect: { when: { path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: claims.content.code,
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const elsewhere = await tools.room(alice);
    const eventId = await tools.sendProbe(alice, roomId);
    const content = { probe: tools.random.word(12) };
    const otherEvent = await sendEvent(tools, alice, elsewhere, { content });
    const txnId = tools.random.word(12);
    const first = premiseString(await redact(tools, alice, { roomId, eventId, txnId }), ['event_id']);
    const again = await redact(tools, alice, { roomId, eventId, txnId });
    const across = await redact(tools, alice, { roomId, eventId: otherEvent });
    // Whatever the refused one may have done has been done when something later is visible.
    const marker = await tools.sendProbe(alice, elsewhere);
    await latestMessages(tools, alice, { roomId: elsewhere, eventId: marker });
    const after = await readEvent(tools.request, alice, elsewhere, otherEvent);
    return outcomeOf(
      [
        ...expectEqual(again, { wanted: first, got: stringAt(again.json, ['event_id']) }, claims.twice),
        ...expectRefused(across, claims.across),
        ...expectEqual(after, { wanted: content, got: valueAt(after.json, ['content']) }, claims.content),
      ],
      'Wiederholt dieselbe Löschung, im falschen Raum verweigert und ohne Wirkung',
    );
  },
});
