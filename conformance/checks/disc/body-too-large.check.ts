import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { probeType, sendTemplate, type Tools } from '../../lib/tools.ts';

const stateTemplate = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';

const largestEvent = 65_536;
const longestField = 255;

// One event cannot fill the memory of everybody in the room.
// https://spec.matrix.org/v1.19/client-server-api/#size-limits
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.body-too-large',
    title: 'Zu große Ereignisse werden mit dem vorgesehenen Fehler abgelehnt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('size-limits'),
  },
  counterexamples: [
    {
      title: 'Ein zu großes Ereignis wird angenommen',
      defect: { when: { path: sendTemplate }, alter: answering(200, { event_id: '$altered' }) },
      expectFinding: 'event-too-large',
    },
    {
      title: 'Ein überlanger Zustandsschlüssel wird angenommen',
      defect: { when: { path: stateTemplate }, alter: answering(200, { event_id: '$altered' }) },
      expectFinding: 'state-key-too-long',
    },
    {
      title: 'Die Ablehnung nennt den falschen Code',
      defect: { when: { path: sendTemplate }, alter: setting(['errcode'], 'M_UNKNOWN') },
      expectFinding: 'event-too-large',
    },
    {
      title: 'Auch ein Schlüssel der größten erlaubten Länge wird abgelehnt',
      defect: {
        when: { path: stateTemplate },
        alter: (answer, seen) =>
          answer.status === 200 ? answering(413, { errcode: 'M_TOO_LARGE', error: 'altered' })(answer, seen) : answer,
      },
      expectFinding: 'allowed-length-refused',
    },
  ],
  async run(tools) {
    const session = await tools.user('large');
    const roomId = await tools.room(session);
    const place = { session, roomId };
    const tooLarge = { status: 413, errcode: 'M_TOO_LARGE' };
    const event = await send(tools, place, { eventType: probeType, filling: 'x'.repeat(largestEvent) });
    const type = await send(tools, place, { eventType: 'x'.repeat(longestField + 1), filling: '' });
    const stateKey = await setState(tools, place, 'x'.repeat(longestField + 1));
    const longest = await setState(tools, place, 'x'.repeat(longestField));
    return outcomeOf(
      [
        ...expectError(event, tooLarge, {
          code: 'event-too-large',
          title: 'Ein Ereignis über 64 KiB wird nicht abgelehnt',
        }),
        ...expectError(type, tooLarge, {
          code: 'type-too-long',
          title: 'Ein Ereignistyp über 255 Byte wird nicht abgelehnt',
        }),
        ...expectError(stateKey, tooLarge, {
          code: 'state-key-too-long',
          title: 'Ein Zustandsschlüssel über 255 Byte wird nicht abgelehnt',
        }),
        ...expectStatus(longest, 200, {
          code: 'allowed-length-refused',
          title: 'Ein Zustandsschlüssel von 255 Byte wird abgelehnt',
        }),
      ],
      'Ereignis über 64 KiB, Typ und Zustandsschlüssel über 255 Byte: 413 mit M_TOO_LARGE; 255 Byte angenommen',
    );
  },
});

interface Place {
  readonly session: Session;
  readonly roomId: string;
}

function send(
  { request, random }: Tools,
  { session, roomId }: Place,
  { eventType, filling }: { readonly eventType: string; readonly filling: string },
): Promise<Answer> {
  const params = { roomId, eventType, txnId: random.word(12) };
  return request('PUT', sendTemplate, { params, session, body: { filling } });
}

function setState({ request }: Tools, { session, roomId }: Place, stateKey: string): Promise<Answer> {
  return request('PUT', stateTemplate, { params: { roomId, eventType: probeType, stateKey }, session, body: {} });
}
