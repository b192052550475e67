import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbiddenOrAbsent } from '../../lib/refusals.ts';
import { chunkOf, latestMessages, sendProbes } from '../../lib/room-events.ts';

const path = '/_matrix/client/v1/rooms/{roomId}/timestamp_to_event';
const dayMs = 86_400_000;
const claims = {
  forward: { code: 'forward-wrong', title: 'Das nächste Ereignis nach einem Zeitpunkt wird nicht gefunden' },
  backward: { code: 'backward-wrong', title: 'Das letzte Ereignis vor einem Zeitpunkt wird nicht gefunden' },
  outside: { code: 'outside-found', title: 'Außerhalb der Zeit des Raums wird ein Ereignis gefunden' },
  stranger: { code: 'stranger-asks', title: 'Wer nicht im Raum ist, kann nach Zeitpunkten suchen' },
};

// A day in a calendar leads to the event nearest to it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.timestamp-event',
    title: 'Zu einem Zeitpunkt findet sich in beiden Richtungen das nächste Ereignis',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1roomsroomidtimestamp_to_event'),
  },
  counterexamples: [
    {
      title: 'Vorwärts kommt ein anderes Ereignis',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('dir=f') && answer.status === 200
            ? setting(['origin_server_ts'], 1)(answer, seen)
            : answer,
      },
      expectFinding: claims.forward.code,
    },
    {
      title: 'Rückwärts kommt ein Ereignis von danach',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('dir=b') && answer.status === 200 ? { ...answer, json: seen.earlier[0]?.json } : answer,
      },
      expectFinding: claims.backward.code,
    },
    {
      title: 'Es wird immer ein Ereignis gefunden',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, seen.earlier[0]?.json)(answer, seen) : answer),
      },
      expectFinding: claims.outside.code,
    },
    {
      title: 'Fremde erhalten Auskunft',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, seen.earlier[0]?.json)(answer, seen) : answer),
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const sent = await sendProbes(tools, alice, roomId, 3);
    const times = timesOf(chunkOf(await latestMessages(tools, alice, { roomId, eventId: sent[2] ?? '' })), sent);
    const ask = (session: typeof alice, ts: number, dir: 'f' | 'b') =>
      tools.request('GET', path, { params: { roomId }, session, query: { ts: String(ts), dir } });
    const [first, middle, last] = times.sent;
    const ahead = premise(await ask(alice, middle, 'f'));
    const back = premise(await ask(alice, middle - 1, 'b'));
    const nothing = [await ask(alice, last + dayMs, 'f'), await ask(alice, 1, 'b')];
    const stranger = await ask(bob, first, 'f');
    const latestBefore = Math.max(...times.all.filter((time) => time < middle));
    const moment = (time: number) => ({ time, timeOfEvent: time });
    const told = (json: unknown) => ({
      time: valueAt(json, ['origin_server_ts']),
      timeOfEvent: times.byId.get(stringAt(json, ['event_id'])),
    });
    return outcomeOf(
      [
        ...expectEqual(ahead, { wanted: moment(middle), got: told(ahead.json) }, claims.forward),
        ...expectEqual(back, { wanted: moment(latestBefore), got: told(back.json) }, claims.backward),
        ...nothing.flatMap((answer) => expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, claims.outside)),
        ...expectForbiddenOrAbsent(stranger, claims.stranger),
      ],
      'In beiden Richtungen das nächste Ereignis, außerhalb keines, für Fremde keine Auskunft',
    );
  },
});

/** Times as the server gave them: of all events of the room, and of the three sent. */
function timesOf(events: readonly unknown[], sent: readonly string[]) {
  const timeOf = (event: unknown) => Number(valueAt(event, ['origin_server_ts']));
  const at = (index: number) => timeOf(events.find((event) => stringAt(event, ['event_id']) === sent[index]));
  const byId = new Map(events.map((event) => [stringAt(event, ['event_id']), timeOf(event)]));
  return { byId, all: events.map(timeOf), sent: [at(0), at(1), at(2)] as const };
}
