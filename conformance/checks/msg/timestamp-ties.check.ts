import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { numbersOf } from '../../lib/room-events.ts';
import { bring, probeFrom } from '../../peer/bring.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { openPeer } from '../../peer/peer.ts';

const path = '/_matrix/client/v1/rooms/{roomId}/timestamp_to_event';
const otherId = `$${'altered'.padEnd(43, 'A')}`;

/** Long after everything else in the room. */
const laterMs = 3_600_000;

// Of events with the same time, the first in the order of the room lies next after a moment, and the last one before it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.timestamp-ties',
    title: 'Von gleichzeitigen Ereignissen findet sich vorwärts das erste und rückwärts das letzte im Verlauf',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1roomsroomidtimestamp_to_event'),
    standing: 'informative',
    rows: ['timestamp-event'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Vorwärts kommt nicht das erste der gleichzeitigen Ereignisse',
      defect: { when: { path }, alter: onlyNth(1, setting(['event_id'], otherId)) },
      expectFinding: 'not-the-first',
    },
    {
      title: 'Rückwärts kommt nicht das letzte der gleichzeitigen Ereignisse',
      defect: { when: { path }, alter: onlyNth(2, setting(['event_id'], otherId)) },
      expectFinding: 'not-the-last',
    },
  ],
  async run(tools) {
    const { request, random, now } = tools;
    const peer = await openPeer(tools);
    const alice = await tools.user('alice');
    const mallory = peer.userId('mallory');
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const at = now() + laterMs;
    const tied = Array.from({ length: 3 }, () => {
      const pdu = probeFrom(peer, room, mallory, random.word(16), { origin_server_ts: at });
      room.add(pdu);
      return pdu;
    });
    premise(await bring(tools, { peer, reader: alice, roomId }, tied));
    const ask = (dir: 'f' | 'b', ts: number) =>
      request('GET', path, { params: { roomId }, session: alice, query: { ts: String(ts), dir } });
    const [ahead, back] = [await ask('f', at - 1), await ask('b', at + 1)];
    const ids = tied.map(({ eventId }) => eventId);
    const numberOf = (json: unknown) => numbersOf([stringAt(json, ['event_id']) ?? ''], ids);
    return outcomeOf(
      [
        ...expectEqual(
          ahead,
          { wanted: [1], got: numberOf(ahead.json) },
          { code: 'not-the-first', title: 'Vorwärts wird von gleichzeitigen Ereignissen nicht das erste gefunden' },
        ),
        ...expectEqual(
          back,
          { wanted: [3], got: numberOf(back.json) },
          { code: 'not-the-last', title: 'Rückwärts wird von gleichzeitigen Ereignissen nicht das letzte gefunden' },
        ),
      ],
      'Von drei gleichzeitigen Ereignissen vorwärts das erste, rückwärts das letzte',
    );
  },
});
