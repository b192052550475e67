import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { hasEvent, syncOnce, timelineOf } from '../../lib/sync.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const idleMs = 2_000;
/** Far longer than a message takes, so that an answer before it can only have been caused by the message. */
const pollMs = 20_000;
/** The server may answer a little before its own clock; it must not make clients ask again and again. */
const toleranceMs = 200;
const lateMs = 5_000;

// A waiting device is left waiting while nothing happens, and is woken as soon as a message arrives.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-longpoll',
    title: 'Wartende Geräte werden bei einer Nachricht sofort geweckt und sonst in Ruhe gelassen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Der Server antwortet sofort, obwohl nichts geschehen ist',
      defect: { when: { path }, alter: (answer) => ({ ...answer, durationMs: 3 }) },
      expectFinding: 'answered-early',
    },
    {
      title: 'Der Server antwortet erst lange nach der verlangten Wartezeit',
      defect: { when: { path }, alter: (answer) => ({ ...answer, durationMs: answer.durationMs + 60_000 }) },
      expectFinding: 'answered-late',
    },
    {
      title: 'Die geweckte Antwort enthält die Nachricht nicht',
      defect: { when: { path }, alter: setting(['rooms'], {}) },
      expectFinding: 'not-woken',
    },
  ],
  async run(tools) {
    const { request, user, room, sendProbe } = tools;
    const alice = await user('alice');
    const roomId = await room(alice);
    const quiet = await settled(tools, alice);
    const idle = premise(await syncOnce(request, alice, { timeout: idleMs, since: quiet }));
    const since = premiseString(idle, ['next_batch']);
    const [woken, eventId] = await Promise.all([
      syncOnce(request, alice, { timeout: pollMs, since }),
      // One exchange in between, so that the poll is there before the message.
      request('GET', '/_matrix/client/versions').then(() => sendProbe(alice, roomId)),
    ]);
    premise(woken);
    return outcomeOf(
      [...idleFindings(idle), ...wokenFindings(woken, hasEvent(timelineOf(woken.json, roomId), eventId))],
      `Ohne Ereignis Antwort nach ${idle.durationMs} ms (verlangt ${idleMs}), mit Nachricht nach ${woken.durationMs} ms (verlangt höchstens ${pollMs})`,
    );
  },
});

/** A token after which nothing is left to deliver. */
async function settled({ request, waitForSync, poll }: Tools, session: Session): Promise<string> {
  const start = await waitForSync(session, { until: () => true, deadlineMs: 10_000 });
  let since = premiseString(start.last, ['next_batch']);
  const quiet = await poll({
    ask: async () => {
      const next = await syncOnce(request, session, { timeout: 300, since });
      since = premiseString(next, ['next_batch']);
      return next;
    },
    until: ({ json }) => isQuiet(json),
    deadlineMs: settlingMs,
  });
  return premiseString(quiet, ['next_batch']);
}

const isQuiet = (sync: unknown): boolean =>
  ['rooms', 'to_device', 'account_data', 'presence'].every((key) => valueAt(sync, [key]) === undefined);

function idleFindings(answer: Answer) {
  const observed = `${answer.durationMs} ms`;
  return [
    ...expectThat(answer, answer.durationMs >= idleMs - toleranceMs, {
      code: 'answered-early',
      title: 'Der Server lässt Geräte nicht warten, sie müssten ständig neu fragen',
      expected: `Antwort frühestens nach ${idleMs} ms`,
      observed,
    }),
    ...expectThat(answer, answer.durationMs <= idleMs + lateMs, {
      code: 'answered-late',
      title: 'Der Server hält sich nicht an die verlangte Wartezeit',
      expected: `Antwort spätestens nach ${idleMs + lateMs} ms`,
      observed,
    }),
  ];
}

function wokenFindings(answer: Answer, isThere: boolean) {
  return expectThat(answer, isThere && answer.durationMs < pollMs, {
    code: 'not-woken',
    title: 'Eine Nachricht weckt das wartende Gerät nicht',
    expected: `Antwort mit der Nachricht vor Ablauf von ${pollMs} ms`,
    observed: `Antwort nach ${answer.durationMs} ms ${isThere ? 'mit' : 'ohne'} Nachricht`,
  });
}
