import { outcomeOf } from '../../../core/model/outcome.ts';
import { serviceUser, sessionOf } from '../../lib/application-service.ts';
import { losing } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { joinByAliasTemplate } from '../../lib/membership.ts';
import { forbidding } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';
import { hostRoom, joinOf } from '../../peer/host-room.ts';
import { openPeer, transactionPath } from '../../peer/peer.ts';

// People whom an application service speaks for join over federation like everybody else.
// https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-join-service',
    title: 'Auch ein Konto eines angebundenen Dienstes tritt Räumen anderer Homeserver bei und sendet dorthin',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('joining-rooms'),
    rows: ['fed-join'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Einem Konto eines Dienstes wird der Beitritt verweigert',
      defect: { when: { path: joinByAliasTemplate }, alter: forbidding },
      expectFinding: 'not-joined',
    },
    {
      title: 'Was es sendet, erreicht den anderen Homeserver nicht',
      defect: losing(transactionPath),
      expectFinding: 'not-sent-out',
    },
  ],
  async run(tools) {
    const { request, random, surroundings } = tools;
    const session = sessionOf(surroundings().applicationService);
    const userId = await serviceUser(tools);
    const peer = await openPeer(tools);
    const room = hostRoom(peer, { creator: peer.userId('mallory'), version: '12' }, random.word(12));
    const { roomId } = room;
    const query = { user_id: userId };
    const via = { via: peer.serverName, server_name: peer.serverName };
    const params = { roomId, roomIdOrAlias: roomId, eventType: probeType, txnId: random.word(12) };
    const joined = await request('POST', joinByAliasTemplate, {
      params,
      session,
      query: { ...query, ...via },
      body: {},
    });
    const notJoined = {
      code: 'not-joined',
      title: 'Ein Konto eines angebundenen Dienstes kann einem Raum eines anderen Homeservers nicht beitreten',
    };
    const refused = expectStatus(joined, 200, notJoined);
    if (refused.length > 0) return outcomeOf(refused, 'Beigetreten');
    const join = await joinOf(peer, room, userId);
    const sent = await request('PUT', sendTemplate, { params, session, query, body: { probe: random.word(16) } });
    const eventId = stringAt(sent.json, ['event_id']);
    const received = await peer.waitForPdu((pdu) => pdu.eventId === eventId);
    return outcomeOf(
      [
        ...expectThat(joined, join !== undefined, {
          ...notJoined,
          expected: 'der Beitritt beim anderen Homeserver',
          observed: 'nichts',
        }),
        ...expectThat(sent, received !== undefined && received.json['sender'] === userId, {
          code: 'not-sent-out',
          title: 'Was ein Konto eines angebundenen Dienstes sendet, erreicht den anderen Homeserver nicht',
          expected: 'das Ereignis mit dem Konto als Absender',
          observed: received === undefined ? 'nichts' : 'ein anderer Absender',
        }),
      ],
      'Beigetreten und gesendet; beides kam beim anderen Homeserver an',
    );
  },
});
