import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premiseString } from '../../lib/premise.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';

const eventPath = '/_matrix/client/v3/rooms/{roomId}/event/{eventId}';
const contextPath = '/_matrix/client/v3/rooms/{roomId}/context/{eventId}';
const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';

// What was sent can be read again by every way, unchanged and under the sender's name.
// https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.send-fetch',
    title: 'Ein gesendetes Ereignis lässt sich auf allen Wegen unverändert lesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('sending-events-to-a-room'),
  },
  counterexamples: [
    {
      title: 'Der Inhalt ist verändert',
      defect: { when: { path: eventPath }, alter: setting(['content', 'probe'], 'verändert') },
      expectFinding: 'event-differs',
    },
    {
      title: 'Im Zusammenhang steht ein anderer Absender',
      defect: { when: { path: contextPath }, alter: setting(['event', 'sender'], '@fremd:example.org') },
      expectFinding: 'context-differs',
    },
    {
      title: 'Im Verlauf fehlt das Ereignis',
      defect: { when: { path: messagesPath }, alter: setting(['chunk'], []) },
      expectFinding: 'messages-differ',
    },
  ],
  async run({ request, user, room, random, poll }) {
    const session = await user('alice');
    const roomId = await room(session);
    const content = { probe: random.word(16), zahl: 42, liste: [true, null, 'Grüße'] };
    const params = { roomId, eventType: probeType, txnId: random.word(12) };
    const eventId = premiseString(await request('PUT', sendTemplate, { params, session, body: content }), ['event_id']);
    const wanted = { event_id: eventId, type: probeType, sender: session.userId, content };
    const at = { params: { roomId, eventId }, session };
    const query = { dir: 'b', limit: '5' };
    const inChunk = (json: unknown) => arrayAt(json, ['chunk']).find((item) => valueAt(item, ['event_id']) === eventId);
    const found = ({ status }: Answer) => status === 200;
    const read = (ask: () => Promise<Answer>, until = found) => poll({ ask, until, deadlineMs: settlingMs });
    const event = await read(() => request('GET', eventPath, at));
    const context = await read(() => request('GET', contextPath, at));
    const messages = await read(
      () => request('GET', messagesPath, { params: { roomId }, session, query }),
      ({ json }) => inChunk(json) !== undefined,
    );
    const inHistory = inChunk(messages.json);
    return outcomeOf(
      [event, context, messages]
        .flatMap((answer) =>
          expectStatus(answer, 200, { code: 'status', title: 'Ein gesendetes Ereignis ist nicht lesbar' }),
        )
        .concat(
          expectEqual(
            event,
            { wanted, got: essence(event.json) },
            {
              code: 'event-differs',
              title: 'Das einzeln abgerufene Ereignis weicht vom gesendeten ab',
            },
          ),
          expectEqual(
            context,
            { wanted, got: essence(valueAt(context.json, ['event'])) },
            {
              code: 'context-differs',
              title: 'Das Ereignis im Zusammenhang weicht vom gesendeten ab',
            },
          ),
          expectEqual(
            messages,
            { wanted, got: essence(inHistory) },
            {
              code: 'messages-differ',
              title: 'Das Ereignis im Verlauf weicht vom gesendeten ab oder fehlt',
            },
          ),
        ),
      'Einzeln, im Zusammenhang und im Verlauf dasselbe Ereignis',
    );
  },
});

const essence = (event: unknown) => ({
  event_id: valueAt(event, ['event_id']),
  type: valueAt(event, ['type']),
  sender: valueAt(event, ['sender']),
  content: valueAt(event, ['content']),
});
