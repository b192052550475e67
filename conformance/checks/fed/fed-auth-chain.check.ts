import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { changingList } from '../../lib/event-defects.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { eventTemplate } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { setState } from '../../lib/state-requests.ts';
import { bring, expectHidden, following, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { outlierOf, restingInstead, tellingAuth } from '../../peer/outlier.ts';
import { openPeer } from '../../peer/peer.ts';
import {
  chainDifference,
  eventAuthPath,
  fetchPdu,
  idsIn,
  noDifference,
  tellingNoHistory,
} from '../../peer/room-history.ts';

const otherChain = { code: 'other-chain', title: 'Es wird nicht genau genannt, worauf ein Ereignis beruht' };
const laterText = 'später';

// Whether an event counts is judged by the chain of those it rests on; one link that does not count breaks it.
// https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-auth-chain',
    title: 'Der Server nennt genau, worauf ein Ereignis beruht, und verwirft, was auf Verworfenem beruht',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('checks-performed-on-receipt-of-a-pdu'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ein Glied der Kette fehlt',
      defect: { when: { path: eventAuthPath }, alter: changingList(['auth_chain'], (chain) => chain.slice(1)) },
      expectFinding: 'other-chain',
    },
    { title: 'Was auf Verworfenem beruht, erscheint im Raum', defect: showingHidden, expectFinding: 'rejected-shown' },
    {
      title: 'Was einmal nicht beurteilt werden konnte, bleibt draußen',
      defect: {
        when: { method: 'GET', path: eventTemplate },
        alter: (answer, seen) =>
          stringAt(answer.json, ['content', 'probe']) === laterText ? setting(['content'], {})(answer, seen) : answer,
      },
      expectFinding: 'stays-rejected',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const mallory = peer.userId('mallory');
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const at = { peer, reader: alice, roomId };
    const { outlier, restingOnIt } = outlierOf(peer, room, mallory);
    using _telling = tellingAuth(peer, room, [outlier]);
    premise(await bring(tools, at, [restingOnIt]));
    const key = { roomId, eventType: 'm.room.topic' };
    const topicId = premiseString(await setState(request, alice, key, { topic: 'eins' }), ['event_id']);
    const topic = await fetchPdu(peer, topicId);
    room.know([outlier, restingOnIt, topic]);
    const chains = [];
    for (const pdu of [restingOnIt, topic]) {
      const answer = premise(await peer.ask('GET', eventAuthPath, { params: { roomId, eventId: pdu.eventId } }));
      chains.push({ answer, got: chainDifference(room, [pdu], idsIn(answer, 'auth_chain')) });
    }
    const content = { users: { [mallory]: 100 } };
    const levels = peer.sealed(room, { type: 'm.room.power_levels', stateKey: '', sender: mallory, content });
    const onRejected = restingInstead(peer, room, mallory, levels);
    premise(await bring(tools, at, [levels, onRejected, probeFrom(peer, room, mallory, 'danach')]));
    const first = probeFrom(peer, room, mallory, 'früher');
    const second = probeFrom(peer, room, mallory, laterText, following([first]));
    {
      using _silent = tellingNoHistory(peer);
      premise(await peer.send({ pdus: [second] }));
      premise(await bring(tools, at, [probeFrom(peer, room, mallory, 'dazwischen')]));
    }
    const judgedAgain = await bring(tools, at, [first, second]);
    return outcomeOf(
      [
        ...chains.flatMap(({ answer, got }) => expectEqual(answer, { wanted: noDifference, got }, otherChain)),
        ...(await expectHidden(tools, at, onRejected, {
          code: 'rejected-shown',
          title: 'Ein Ereignis, das auf einem verworfenen beruht, erscheint im Raum',
        })),
        ...expectThat(judgedAgain, stringAt(judgedAgain.json, ['content', 'probe']) === laterText, {
          code: 'stays-rejected',
          title: 'Ein Ereignis, dem Vorgänger fehlten, wird auch dann nicht angenommen, wenn sie da sind',
          expected: 'das Ereignis mit seinem Inhalt',
          observed: `Status ${judgedAgain.status}`,
        }),
        ...(await expectGenuine(tools, [peer])),
      ],
      'Die Kette stimmt genau; auf Verworfenem beruht nichts; zuerst Unbeurteilbares gilt, sobald der Vorgänger da ist',
    );
  },
});
