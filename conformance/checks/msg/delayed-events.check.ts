import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { changingTimelines, dropping } from '../../lib/event-defects.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { syncTemplate, timelineOf } from '../../lib/sync.ts';
import { arrivalMs, syncStart, timelinesOf } from '../../lib/sync-sections.ts';
import { probeType, type Tools } from '../../lib/tools.ts';

const feature = 'org.matrix.msc4140';
// Not under v3: what is answered here is not yet what the specification says about sending.
const sendPath = '/_matrix/client/unstable/rooms/{roomId}/send/{eventType}/{txnId}';
const managePath = `/_matrix/client/unstable/${feature}/delayed_events/{delayId}`;
const longMs = 60_000;
const shortMs = 700;
const claims = {
  sent: { code: 'delayed-lost', title: 'Eine aufgeschobene Sendung kommt nicht an, obwohl es Zeit ist' },
  cancelled: { code: 'cancelled-sent', title: 'Eine zurückgenommene Sendung kommt trotzdem an' },
  gone: { code: 'cancelled-there', title: 'Eine zurückgenommene Sendung gibt es noch' },
  twice: { code: 'scheduled-twice', title: 'Eine wiederholte Anfrage schiebt eine zweite Sendung auf' },
};

// A message can be set for later, sent at once after all, put off again, or taken back.
// https://github.com/matrix-org/matrix-spec-proposals/pull/4140
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.delayed-events',
    title: 'Aufgeschobene Sendungen kommen zur Zeit an und lassen sich zurücknehmen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: 'https://github.com/matrix-org/matrix-spec-proposals/pull/4140',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Aufgeschobenes kommt nie an',
      defect: { when: { path: syncTemplate }, alter: changingTimelines(dropping) },
      expectFinding: claims.sent.code,
    },
    {
      title: 'Zurückgenommenes kommt an',
      defect: {
        when: { path: syncTemplate },
        alter: changingTimelines((events) => [...events, { type: probeType, content: { name: 'zurückgenommen' } }]),
      },
      expectFinding: claims.cancelled.code,
    },
    {
      title: 'Zurückgenommenes bleibt vorgemerkt',
      defect: { when: { method: 'GET', path: managePath }, alter: (answer) => ({ ...answer, status: 200 }) },
      expectFinding: claims.gone.code,
    },
    {
      title: 'Jede Wiederholung merkt erneut vor',
      defect: { when: { path: sendPath }, alter: onlyNth(2, setting(['delay_id'], 'altered')) },
      expectFinding: claims.twice.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const versions = premise(await request('GET', '/_matrix/client/versions'));
    if (valueAt(versions.json, ['unstable_features', feature]) !== true) {
      return notApplicable('Aufgeschobene Sendungen werden nicht angeboten (max_event_delay_duration).');
    }
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const since = await syncStart(tools, alice);
    const txnId = tools.random.word(12);
    const cancelled = await schedule(tools, alice, { roomId, name: 'zurückgenommen', delayMs: longMs, txnId });
    const again = await schedule(tools, alice, { roomId, name: 'zurückgenommen', delayMs: longMs, txnId });
    const early = await schedule(tools, alice, { roomId, name: 'vorgezogen', delayMs: longMs });
    const manage = (delayId: string, action: string) =>
      request('POST', managePath, { params: { delayId }, session: alice, body: { action } });
    premise(await manage(early, 'restart'));
    premise(await manage(early, 'send'));
    premise(await manage(cancelled, 'cancel'));
    await schedule(tools, alice, { roomId, name: 'von selbst', delayMs: shortMs });
    const gone = await request('GET', managePath, { params: { delayId: cancelled }, session: alice });
    const names = (events: readonly unknown[]) => events.flatMap((event) => stringAt(event, ['content', 'name']) ?? []);
    const until = (json: unknown) => names(timelineOf(json, roomId)).includes('von selbst');
    const end = await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
    const arrived = names(timelinesOf(end.answers, roomId));
    const got = arrived.filter((name) => name !== 'zurückgenommen');
    return outcomeOf(
      [
        ...expectEqual(end.last, { wanted: ['vorgezogen', 'von selbst'], got }, claims.sent),
        ...expectEqual(end.last, { wanted: 0, got: arrived.length - got.length }, claims.cancelled),
        ...expectStatus(gone, 404, claims.gone),
        ...expectEqual(gone, { wanted: cancelled, got: again }, claims.twice),
      ],
      'Vorgezogen und von selbst gesendet, die zurückgenommene nicht',
    );
  },
});

interface Delayed {
  readonly roomId: string;
  readonly name: string;
  readonly delayMs: number;
  readonly txnId?: string;
}

/** Resolves with the name under which the target keeps what is to be sent. */
async function schedule(
  { request, random }: Tools,
  session: Session,
  { roomId, name, delayMs, txnId = random.word(12) }: Delayed,
): Promise<string> {
  const params = { roomId, eventType: probeType, txnId };
  const query = { [`${feature}.delay`]: String(delayMs) };
  return premiseString(await request('PUT', sendPath, { params, session, query, body: { name } }), ['delay_id']);
}
