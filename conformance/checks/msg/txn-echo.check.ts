import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingTimelines } from '../../lib/event-defects.ts';
import { stringAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { sendEvent } from '../../lib/room-events.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { arrivalMs, syncStart, timelinesOf } from '../../lib/sync-sections.ts';

const path = ['unsigned', 'transaction_id'];
const claims = {
  echo: { code: 'echo-missing', title: 'Das sendende Gerät erkennt seine eigene Nachricht nicht wieder' },
  other: { code: 'echo-to-others', title: 'Die Sendungskennung eines Geräts erreicht andere Geräte' },
};

// The sending device recognises its message by its transaction id; nobody else learns it.
// https://spec.matrix.org/v1.19/client-server-api/#local-echo
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.txn-echo',
    title: 'Nur das sendende Gerät erhält die Sendungskennung zurück',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('local-echo'),
  },
  counterexamples: [
    {
      title: 'Die Sendungskennung fehlt',
      defect: {
        when: { path: syncTemplate },
        alter: changingTimelines((events) => events.map((event) => withoutValueAt(event, path))),
      },
      expectFinding: claims.echo.code,
    },
    {
      title: 'Alle erfahren eine Sendungskennung',
      defect: {
        when: { path: syncTemplate },
        alter: changingTimelines((events) => events.map((event) => withValueAt(event, path, 'altered'))),
      },
      expectFinding: claims.other.code,
    },
  ],
  async run(tools) {
    const owner = await tools.account('alice');
    const [sender, sibling] = [
      await tools.device(owner, 'Pruefstand eins'),
      await tools.device(owner, 'Pruefstand zwei'),
    ];
    const bob = await tools.user('bob');
    const roomId = await tools.room(sender);
    await tools.join(roomId, sender, bob);
    const starts = [await syncStart(tools, sender), await syncStart(tools, sibling), await syncStart(tools, bob)];
    const txnId = tools.random.word(12);
    const eventId = await sendEvent(tools, sender, roomId, { content: {}, txnId });
    const echoFor = async (session: Session, since: string | undefined) => {
      const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
      const end = await tools.waitForSync(session, { ...(since && { since }), until, deadlineMs: arrivalMs });
      const event = timelinesOf(end.answers, roomId).find((item) => stringAt(item, ['event_id']) === eventId);
      return { answer: end.last, got: { seen: event !== undefined, echo: stringAt(event, path) } };
    };
    const own = await echoFor(sender, starts[0]);
    const others = [await echoFor(sibling, starts[1]), await echoFor(bob, starts[2])];
    return outcomeOf(
      [
        ...expectEqual(own.answer, { wanted: { seen: true, echo: txnId }, got: own.got }, claims.echo),
        ...others.flatMap(({ answer, got }) => expectEqual(answer, { wanted: { seen: true }, got }, claims.other)),
      ],
      'Das sendende Gerät erhält seine Kennung, das zweite Gerät und andere Personen nicht',
    );
  },
});
