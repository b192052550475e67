import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting, withStatus } from '../../lib/defect.ts';
import { objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { eventOnce, eventTemplate, readEvent } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { probeType } from '../../lib/tools.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { pduFrom } from '../../peer/pdu.ts';
import { openPeer, sendPath } from '../../peer/peer.ts';

const mostPdus = 50;
const mostEdus = 100;

// Events come in transactions of limited size, each judged by itself.
// https://spec.matrix.org/v1.19/server-server-api/#transactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-send',
    title: 'Transaktionen anderer Homeserver sind begrenzt, und jedes Ereignis darin wird für sich beurteilt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('transactions'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine zu große Transaktion wird angenommen',
      defect: { when: { path: sendPath }, alter: withStatus(200) },
      expectFinding: 'too-many-taken',
    },
    {
      title: 'Ein Ereignis mit falscher Unterschrift erscheint im Raum',
      defect: {
        when: { method: 'GET', path: eventTemplate },
        alter: (answer, seen) =>
          answer.status === 404 ? { ...answer, status: 200, json: seen.earlier.at(-1)?.json } : answer,
      },
      expectFinding: 'forged-shown',
    },
    {
      title: 'Ein gutes Ereignis kommt nicht an',
      defect: { when: { method: 'GET', path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: 'good-not-shown',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const mallory = peer.userId('mallory');
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const probe = (text: string) => peer.sealed(room, { type: probeType, sender: mallory, content: { probe: text } });
    const good = probe('gut');
    const forged = pduFrom(
      withValueAt(probe('falsch').json, ['signatures'], good.json['signatures']) as typeof good.json,
    );
    const taken = await peer.send({ pdus: [forged, good] });
    const seen = await eventOnce(tools, alice, { roomId, eventId: good.eventId }, () => true);
    const unseen = await readEvent(request, alice, roomId, forged.eventId);
    const manyPdus = await peer.send({ pdus: Array.from({ length: mostPdus + 1 }, (_, index) => probe(`${index}`)) });
    const edu = { edu_type: 'm.typing', content: { room_id: roomId, user_id: mallory, typing: false } };
    const manyEdus = await peer.send({ edus: Array.from({ length: mostEdus + 1 }, () => edu) });
    const results = objectAt(taken.json, ['pdus']);
    const tooMany = {
      code: 'too-many-taken',
      title: 'Eine Transaktion mit mehr als 50 Ereignissen oder 100 flüchtigen Nachrichten wird angenommen',
    };
    return outcomeOf(
      [
        ...expectStatus(taken, 200, { code: 'not-taken', title: 'Eine Transaktion wird nicht angenommen' }),
        ...expectThat(taken, valueAt(results, [good.eventId, 'error']) === undefined, {
          code: 'good-refused',
          title: 'Ein Ereignis wird wegen eines anderen in derselben Transaktion abgelehnt',
          expected: 'kein Fehler beim richtigen Ereignis',
          observed: String(valueAt(results, [good.eventId, 'error'])),
        }),
        ...expectThat(seen, stringAt(seen.json, ['content', 'probe']) === 'gut', {
          code: 'good-not-shown',
          title: 'Ein Ereignis eines anderen Homeservers kommt nicht an',
          expected: 'das Ereignis mit seinem Inhalt',
          observed: `Status ${seen.status}`,
        }),
        ...expectThat(unseen, unseen.status === 404, {
          code: 'forged-shown',
          title: 'Ein Ereignis mit falscher Unterschrift erscheint im Raum',
          expected: 'Status 404',
          observed: `Status ${unseen.status}`,
        }),
        ...expectStatus(manyPdus, 400, tooMany),
        ...expectStatus(manyEdus, 400, tooMany),
      ],
      'Das gute Ereignis kam an, das gefälschte nicht; zu große Transaktionen: 400',
    );
  },
});
