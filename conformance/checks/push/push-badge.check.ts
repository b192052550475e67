import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import { rewriting } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { numberAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { gatewayOf, notificationIn, pushOf, pushTo } from '../../lib/push-gateway.ts';
import { pusher, removePusher, setPusher } from '../../lib/pushers.ts';
import { sendReceipt } from '../../lib/receipts.ts';
import { sendEvent } from '../../lib/room-events.ts';
import { sentRequestFindings } from '../../lib/sent-requests.ts';

const patienceMs = 10_000;

// Whoever has read elsewhere sees no number on the device any more; of what was read it learns nothing.
// https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.push-badge',
    title: 'Nach dem Lesen erfährt das Gerät die neue Zahl ungelesener Nachrichten, sonst nichts',
    requirements: ['KO-05', 'DS-02'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify',
    rows: ['push-delivery'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Zahl nach dem Lesen stimmt nicht',
      defect: rewriting(/\/notify$/, (json) => withValueAt(json, ['notification', 'counts', 'unread'], 7)),
      expectFinding: 'wrong-count',
    },
    {
      title: 'Mit der neuen Zahl wird auch ein Absender genannt',
      defect: rewriting(/\/notify$/, (json) => withValueAt(json, ['notification', 'sender'], '@a:example.org')),
      expectFinding: 'more-than-number',
    },
  ],
  async run(tools) {
    const { user, room, join, random, surroundings } = tools;
    const around = surroundings();
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob')];
    const roomId = await room(bob);
    await join(roomId, bob, alice);
    const pushkey = random.word(24);
    premise(await setPusher(tools.request, alice, pusher(pushkey, { data: { url: gatewayOf(around) } })));
    const message = { type: 'm.room.message', content: { msgtype: 'm.text', body: random.word(12) } };
    const eventId = await sendEvent(tools, bob, roomId, message);
    const pushed = await around.pushGateway.waitFor(pushOf(pushkey, eventId), patienceMs);
    const reading = premise(await sendReceipt(tools.request, alice, { roomId, eventId }));
    const told = pushed && (await around.pushGateway.waitFor(isNumberTo(pushkey), patienceMs));
    premise(await removePusher(tools.request, alice, pushkey));
    if (told === undefined) return notApplicable('Nach dem Lesen meldet der Homeserver dem Push-Dienst keine Zahl.');
    const more = ['event_id', 'room_id', 'sender', 'content'].filter((key) => isTold(told, key));
    return outcomeOf(
      [
        ...expectEqual(
          reading,
          { wanted: 0, got: numberAt(notificationIn(told), ['counts', 'unread']) },
          { code: 'wrong-count', title: 'Nach dem Lesen von allem meldet der Homeserver eine andere Zahl als null' },
        ),
        ...expectThat(reading, more.length === 0, {
          code: 'more-than-number',
          title: 'Die Meldung der neuen Zahl nennt auch, worum es ging',
          expected: 'nur die Zahl',
          observed: more.join(', '),
        }),
        ...sentRequestFindings('push-gateway', told),
      ],
      'Nach dem Lesen die Zahl null gemeldet, ohne Ereignis, Raum, Absender und Inhalt',
    );
  },
});

const isNumberTo = (pushkey: string) => (asked: SinkRequest) =>
  pushTo(pushkey)(asked) && (stringAt(notificationIn(asked), ['event_id']) ?? '') === '';

const isTold = (asked: SinkRequest, key: string): boolean => {
  const value = valueAt(notificationIn(asked), [key]);
  return value !== undefined && value !== null && value !== '';
};
