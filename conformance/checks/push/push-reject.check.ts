import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { gatewayOf, pushTo } from '../../lib/push-gateway.ts';
import { pusher, pushersFor, pushersPath, readPushers, removePusher, setPusher } from '../../lib/pushers.ts';
import { sendEvent } from '../../lib/room-events.ts';

// What the gateway says nobody can be reached with any more is not used again; the person's other devices stay.
// https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.push-reject',
    title: 'Ein vom Push-Dienst zurückgewiesener Empfänger wird gelöscht, die anderen bleiben',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der zurückgewiesene Empfänger bleibt eingetragen',
      defect: { when: { path: pushersPath }, alter: (answer, { earlier }) => earlier[0] ?? answer },
      expectFinding: 'kept-rejected',
    },
    {
      title: 'Mit ihm verschwinden auch die anderen Empfänger',
      defect: {
        when: { path: pushersPath },
        alter: (answer, seen) =>
          arrayAt(answer.json, ['pushers']).length === 1 ? setting(['pushers'], [])(answer, seen) : answer,
      },
      expectFinding: 'lost-others',
    },
  ],
  async run(tools) {
    const { request, user, room, join, random, poll, surroundings } = tools;
    const around = surroundings();
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob')];
    const roomId = await room(bob);
    await join(roomId, bob, alice);
    const [dead, alive] = [random.word(24), random.word(24)];
    using _rejecting = around.pushGateway.answering(pushTo(dead), { status: 200, json: { rejected: [dead] } });
    const data = { url: gatewayOf(around), format: 'event_id_only' };
    for (const pushkey of [dead, alive]) premise(await setPusher(request, alice, pusher(pushkey, { data })));
    const before = await readPushers(request, alice);
    const has = (answer: typeof before, pushkey: string) => pushersFor(answer, pushkey).length > 0;
    await sendEvent(tools, bob, roomId, {
      type: 'm.room.message',
      content: { msgtype: 'm.text', body: random.word(12) },
    });
    await around.pushGateway.waitFor(pushTo(dead), 10_000);
    const after = await poll({
      ask: () => readPushers(request, alice),
      until: (answer) => !has(answer, dead),
      deadlineMs: settlingMs,
    });
    premise(await removePusher(request, alice, alive));
    return outcomeOf(
      [
        ...expectThat(before, has(before, dead) && has(before, alive), {
          code: 'not-kept',
          title: 'Eingetragene Push-Empfänger fehlen',
          expected: 'beide Empfänger',
          observed: `${arrayAt(before.json, ['pushers']).length} Empfänger`,
        }),
        ...expectThat(after, !has(after, dead), {
          code: 'kept-rejected',
          title: 'Ein zurückgewiesener Push-Empfänger bleibt eingetragen',
          expected: 'der Empfänger ist gelöscht',
          observed: 'er ist noch eingetragen',
        }),
        ...expectThat(after, has(after, alive), {
          code: 'lost-others',
          title: 'Mit einem zurückgewiesenen Push-Empfänger verschwinden auch andere',
          expected: 'der andere Empfänger bleibt',
          observed: 'er fehlt',
        }),
      ],
      'Der zurückgewiesene Empfänger ist gelöscht, der andere geblieben',
    );
  },
});
