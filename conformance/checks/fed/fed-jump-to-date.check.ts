import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { joinAcross } from '../../lib/join-across.ts';
import { numberAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { readEvent } from '../../lib/room-events.ts';

const path = '/_matrix/client/v1/rooms/{roomId}/timestamp_to_event';

// A server that entered later finds what was said before with the help of another one.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-jump-to-date',
    title: 'Auch ein später beigetretener Homeserver findet das Ereignis zu einem Zeitpunkt vor seinem Beitritt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1roomsroomidtimestamp_to_event'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ein anderes Ereignis wird genannt',
      defect: { when: { path }, alter: setting(['event_id'], `$${'altered'.padEnd(43, 'A')}`) },
      expectFinding: 'other-event',
    },
    {
      title: 'Vor dem Anfang des Raums gibt es noch etwas',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          answer.status === 404
            ? answering(200, { event_id: `$${'altered'.padEnd(43, 'A')}`, origin_server_ts: 1 })(answer, seen)
            : answer,
      },
      expectFinding: 'before-the-beginning',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const roomId = await near.room(alice, { preset: 'public_chat' });
    const eventId = await near.sendProbe(alice, roomId);
    const { json } = premise(await readEvent(near.request, alice, roomId, eventId));
    const sentAt = numberAt(json, ['origin_server_ts']) ?? 0;
    await joinAcross(far, bob, { roomId, via: near.target.serverName });
    const ask = (ts: number, dir: 'f' | 'b') =>
      far.request('GET', path, { params: { roomId }, session: bob, query: { ts: String(ts), dir } });
    const found = await ask(sentAt, 'f');
    const before = await ask(1, 'b');
    return outcomeOf(
      [
        ...expectEqual(
          found,
          { wanted: eventId, got: stringAt(found.json, ['event_id']) },
          {
            code: 'other-event',
            title: 'Zu einem Zeitpunkt vor dem Beitritt wird nicht das richtige Ereignis genannt',
          },
        ),
        ...expectError(
          before,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'before-the-beginning', title: 'Vor dem Anfang des Raums wird ein Ereignis genannt' },
        ),
      ],
      'Das Ereignis vor dem Beitritt wird über den anderen Homeserver gefunden; vor dem Anfang des Raums: 404',
    );
  },
});
