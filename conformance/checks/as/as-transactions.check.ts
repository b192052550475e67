import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest, Surroundings } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { lastingEventsIn, serviceUser, sessionOf, tellsOf, toldIn } from '../../lib/application-service.ts';
import { rewriting } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { essenceOf } from '../../lib/event-essence.ts';
import { numberAt, stringAt, withoutValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { joinTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { sendReceipt } from '../../lib/receipts.ts';
import { eventTemplate, idsAmong, numbersOf, readEvent } from '../../lib/room-events.ts';
import { sentRequestFindings } from '../../lib/sent-requests.ts';
import { sendTemplate, type Tools } from '../../lib/tools.ts';

const arriving = /\/_matrix\/app\/v1\/transactions\//;

/** A first retry comes after two seconds, a second one after four more. */
const patienceMs = 15_000;

// The service is told everything of its rooms once and in order; what it could not take is told again unchanged.
// https://spec.matrix.org/v1.19/application-service-api/#pushing-events
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-transactions',
    title:
      'Ein angebundener Dienst erhält die Ereignisse seiner Räume in Reihenfolge, nach einem Fehler unverändert erneut',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/application-service-api/#pushing-events',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ein Ereignis erreicht den Dienst nicht',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(3, setting(['event_id'], `$${'altered'.padEnd(43, 'A')}`)),
      },
      expectFinding: 'not-delivered',
    },
    {
      title: 'Ein Ereignis erreicht den Dienst zweimal',
      defect: { arriving, becoming: (asked) => [asked, { ...asked, path: `${asked.path}-again` }] },
      expectFinding: 'other-order',
    },
    {
      title: 'Der Dienst erhält einen anderen Inhalt als die Menschen im Raum',
      defect: { when: { path: eventTemplate }, alter: setting(['content', 'probe'], 'etwas anderes') },
      expectFinding: 'other-content',
    },
    {
      title: 'Ein Ereignis kommt ohne Absender beim Dienst an',
      defect: rewriting(arriving, (json) => withoutValueAt(json, ['events', 0, 'sender'])),
      expectFinding: 'request-violation',
    },
    {
      title: 'Der Homeserver weist sich mit einem anderen Schlüssel aus',
      defect: {
        arriving,
        becoming: (asked) => [{ ...asked, headers: { ...asked.headers, authorization: 'Bearer anderer' } }],
      },
      expectFinding: 'not-identified',
    },
    {
      title: 'Die Lesebestätigung erreicht den Dienst nicht',
      defect: rewriting(arriving, (json) => withoutValueAt(json, ['ephemeral'])),
      expectFinding: 'no-receipt',
    },
    {
      title: 'Der zweite Versuch trägt eine andere Kennung als der erste',
      defect: {
        arriving,
        becoming: (asked) => [{ ...asked, path: `${asked.path}-${numberAt(asked.json, ['events', 0, 'age']) ?? 'x'}` }],
      },
      expectFinding: 'not-repeated',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const { eventIds, seen, receipt } = await exchangeIn(tools, alice, roomId);
    const tries = triesOf(tools.surroundings(), roomId);
    return outcomeOf(
      [
        ...orderFindings(seen, tries, eventIds),
        ...contentFindings(seen, tries),
        ...retryFindings(seen, tries),
        ...identityFindings(seen, tries, tools.surroundings().applicationService.homeserverToken),
        ...tries.flatMap((asked) => sentRequestFindings('application-service', asked)),
        ...expectThat(seen, receipt !== undefined, {
          code: 'no-receipt',
          title: 'Der Dienst erfährt nicht, was gelesen wurde, obwohl er danach verlangt',
          expected: 'die Lesebestätigung beim Dienst',
          observed: 'keine',
        }),
      ],
      'Drei Ereignisse einmal und in Reihenfolge, nach einem Fehler unverändert erneut; Lesebestätigung zugestellt',
    );
  },
});

interface Exchanged {
  readonly eventIds: readonly string[];
  /** The last event as people in the room see it. */
  readonly seen: Answer;
  readonly receipt: SinkRequest | undefined;
}

/** An account of the service joins; one event and a receipt reach it, then it fails once, and another event follows. */
async function exchangeIn(tools: Tools, alice: Session, roomId: string): Promise<Exchanged> {
  const { request, surroundings } = tools;
  const service = surroundings().applicationService;
  const query = { user_id: await serviceUser(tools) };
  premise(await request('POST', joinTemplate, { params: { roomId }, session: sessionOf(service), query, body: {} }));
  const first = await probeReaching(tools, alice, roomId);
  // Before the failure: whether a receipt outlasts one the specification leaves open.
  premise(await sendReceipt(request, alice, { roomId, eventId: first }));
  const receipt = await service.waitFor(bringsReceiptOf(roomId), patienceMs);
  using _failing = service.answering(firstTryIn(roomId), failure);
  const second = await probeReaching(tools, alice, roomId);
  // Sent while the service is thought to be down: it comes after what is told again.
  const third = await probeReaching(tools, alice, roomId);
  const seen = await readEvent(request, alice, roomId, third);
  return { eventIds: [first, second, third], receipt, seen };
}

/** Sends an event and waits until the service was told of it, whether it took it or not. */
async function probeReaching({ sendProbe, surroundings }: Tools, alice: Session, roomId: string): Promise<string> {
  const eventId = await sendProbe(alice, roomId);
  await surroundings().applicationService.waitFor(tellsOf(eventId), patienceMs);
  return eventId;
}

const failure = { status: 500, json: { errcode: 'M_UNKNOWN', error: 'not now' } };

function firstTryIn(roomId: string): (asked: SinkRequest) => boolean {
  let hadOne = false;
  return (asked) => {
    if (hadOne || !isAbout(roomId, asked)) return false;
    hadOne = true;
    return true;
  };
}

const isAbout = (roomId: string, asked: SinkRequest): boolean =>
  toldIn(asked, 'events').some((event) => stringAt(event, ['room_id']) === roomId);

const bringsReceiptOf = (roomId: string) => (asked: SinkRequest) =>
  toldIn(asked, 'ephemeral').some(
    (event) => stringAt(event, ['type']) === 'm.receipt' && stringAt(event, ['room_id']) === roomId,
  );

const triesOf = ({ applicationService }: Surroundings, roomId: string): readonly SinkRequest[] =>
  applicationService.received.filter((asked) => isAbout(roomId, asked));

/** Of the tries of one transaction the last is the one the service took. */
const takenOf = (tries: readonly SinkRequest[]): readonly SinkRequest[] =>
  tries.filter((asked, at) => tries.findLastIndex(({ path }) => path === asked.path) === at);

function orderFindings(seen: Answer, tries: readonly SinkRequest[], eventIds: readonly string[]): Findings {
  const told = takenOf(tries).flatMap((asked) => toldIn(asked, 'events'));
  const order = idsAmong(told, eventIds);
  const missing = eventIds.filter((eventId) => !order.includes(eventId));
  if (missing.length > 0) {
    return expectThat(seen, false, {
      code: 'not-delivered',
      title: 'Ein Ereignis eines Raums erreicht den Dienst nicht, der darin ist',
      expected: `${eventIds.length} Ereignisse beim Dienst`,
      observed: `${eventIds.length - missing.length} davon`,
    });
  }
  return expectEqual(
    seen,
    { wanted: numbersOf(eventIds, eventIds), got: numbersOf(order, eventIds) },
    { code: 'other-order', title: 'Der Dienst erhält die Ereignisse nicht genau einmal und in Reihenfolge' },
  );
}

function contentFindings(seen: Answer, tries: readonly SinkRequest[]): Findings {
  const eventId = stringAt(seen.json, ['event_id']);
  const told = tries
    .flatMap((asked) => toldIn(asked, 'events'))
    .findLast((event) => stringAt(event, ['event_id']) === eventId);
  if (told === undefined) return [];
  return expectEqual(
    seen,
    { wanted: essenceOf(seen.json), got: essenceOf(told) },
    { code: 'other-content', title: 'Der Dienst erhält einen anderen Inhalt als die Menschen im Raum' },
  );
}

function retryFindings(seen: Answer, tries: readonly SinkRequest[]): Findings {
  const [first, again] = tries.filter(({ path }) => tries.filter((other) => other.path === path).length > 1);
  if (first === undefined || again === undefined) {
    return expectThat(seen, false, {
      code: 'not-repeated',
      title: 'Was der Dienst nicht annehmen konnte, wird nicht erneut gesendet',
      expected: 'dieselbe Übermittlung ein zweites Mal',
      observed: `${tries.length} Übermittlungen, keine davon zweimal`,
    });
  }
  return expectEqual(
    seen,
    { wanted: lastingEventsIn(first), got: lastingEventsIn(again) },
    { code: 'repeated-otherwise', title: 'Eine wiederholte Übermittlung hat einen anderen Inhalt' },
  );
}

const identityFindings = (seen: Answer, tries: readonly SinkRequest[], token: string): Findings =>
  expectThat(
    seen,
    tries.every(({ headers }) => headers['authorization'] === `Bearer ${token}`),
    {
      code: 'not-identified',
      title: 'Der Server weist sich beim Dienst nicht mit dem vereinbarten Schlüssel aus',
      expected: 'der vereinbarte Schlüssel in jeder Übermittlung',
      observed: 'ein anderer oder keiner',
    },
  );
