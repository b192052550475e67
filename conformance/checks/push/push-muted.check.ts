import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { gatewayOf, pushOf } from '../../lib/push-gateway.ts';
import { pusher, removePusher, setPusher } from '../../lib/pushers.ts';
import { trySend } from '../../lib/room-events.ts';
import { sendTemplate } from '../../lib/tools.ts';

const ruleTemplate = '/_matrix/client/v3/pushrules/global/{kind}/{ruleId}';

// A room that was silenced wakes no device, and others still do.
// https://spec.matrix.org/v1.19/client-server-api/#push-rules
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.push-muted',
    title: 'Ein stummgeschalteter Raum löst keine Push-Nachrichten aus, ein anderer weiter',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('push-rules'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine Nachricht des stummen Raums löst einen Push aus',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(2, (answer, { earlier }) => earlier[0] ?? answer),
      },
      expectFinding: 'muted-pushed',
    },
    {
      title: 'Auch der andere Raum ist stumm',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(3, setting(['event_id'], `$${'altered'.padEnd(43, 'A')}`)),
      },
      expectFinding: 'others-silent',
    },
  ],
  async run(tools) {
    const { request, user, room, join, random, surroundings } = tools;
    const around = surroundings();
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob')];
    const [muted, loud] = [await room(bob), await room(bob)];
    for (const roomId of [muted, loud]) await join(roomId, bob, alice);
    const rule = { params: { kind: 'room', ruleId: muted }, session: alice };
    premise(await request('PUT', ruleTemplate, { ...rule, body: { actions: [] } }));
    const pushkey = random.word(24);
    const data = { url: gatewayOf(around), format: 'event_id_only' };
    premise(await setPusher(request, alice, pusher(pushkey, { data })));
    const send = (roomId: string) =>
      trySend(tools, bob, roomId, { type: 'm.room.message', content: { msgtype: 'm.text', body: random.word(12) } });
    const inLoud = await send(loud);
    const inMuted = await send(muted);
    const after = await send(loud);
    const [first, last] = [premiseString(inLoud, ['event_id']), premiseString(after, ['event_id'])];
    const heard = [
      await around.pushGateway.waitFor(pushOf(pushkey, first), 10_000),
      await around.pushGateway.waitFor(pushOf(pushkey, last), 10_000),
    ];
    // Pushes of one device leave in the order of the events: once the last one came, the silenced one did not.
    const silenced = around.pushGateway.received.some(pushOf(pushkey, premiseString(inMuted, ['event_id'])));
    const unmuted = await request('DELETE', ruleTemplate, rule);
    premise(await removePusher(request, alice, pushkey));
    return outcomeOf(
      [
        ...expectThat(
          after,
          heard.every((asked) => asked !== undefined),
          {
            code: 'others-silent',
            title: 'Auch ein Raum, der nicht stummgeschaltet ist, löst keine Push-Nachricht aus',
            expected: 'Push-Nachrichten vor und nach der des stummen Raums',
            observed: `${heard.filter((asked) => asked !== undefined).length} von 2`,
          },
        ),
        ...expectThat(inMuted, !silenced, {
          code: 'muted-pushed',
          title: 'Ein stummgeschalteter Raum löst eine Push-Nachricht aus',
          expected: 'keine Push-Nachricht',
          observed: 'eine Push-Nachricht',
        }),
        ...expectStatus(unmuted, 200, { code: 'not-lifted', title: 'Die Stummschaltung lässt sich nicht aufheben' }),
      ],
      'Der stumme Raum blieb still, der andere nicht',
    );
  },
});
