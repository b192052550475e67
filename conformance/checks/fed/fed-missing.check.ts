import { outcomeOf } from '../../../core/model/outcome.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList } from '../../lib/event-defects.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { chunkOf, idsAmong, latestMessages, messagesTemplate, numbersOf, sendProbes } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { bring, expectHidden, following, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { idsIn, missingEventsPath } from '../../peer/room-history.ts';

const gapText = 'Lücke';
/** More than an event may have: https://spec.matrix.org/v1.19/client-server-api/#size-limits */
const tooLong = 'x'.repeat(70_000);

// Homeservers that were apart ask each other for what lies between; what they may not see they are not told.
// https://spec.matrix.org/v1.19/server-server-api/#backfilling-and-retrieving-missing-events
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-missing',
    title:
      'Fehlende Ereignisse holt und liefert der Server genau, verdorbene überspringt er, verborgene nennt er nicht',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('backfilling-and-retrieving-missing-events'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Lücke bleibt',
      defect: {
        when: { path: messagesTemplate },
        alter: changingList(['chunk'], (events) =>
          events.filter((event) => stringAt(event, ['content', 'probe']) !== gapText),
        ),
      },
      expectFinding: 'gap-not-filled',
    },
    { title: 'Ein zu großes Ereignis erscheint im Raum', defect: showingHidden, expectFinding: 'spoilt-shown' },
    {
      title: 'Ein fehlendes Ereignis wird nicht geliefert',
      defect: { when: { path: missingEventsPath }, alter: changingList(['events'], (events) => events.slice(1)) },
      expectFinding: 'other-events',
    },
    {
      title: 'Was der andere Homeserver nicht sehen darf, erfährt er',
      defect: {
        when: { path: missingEventsPath },
        alter: (answer, seen) =>
          arrayAt(seen.requestJson, ['earliest_events']).length > 0
            ? answer
            : changingList(['events'], (events) => [...events, { type: probeType, content: { probe: 'geheim' } }])(
                answer,
                seen,
              ),
      },
      expectFinding: 'hidden-told',
    },
  ],
  async run(tools) {
    const peer = await openPeer(tools);
    const findings = [
      ...(await fetching(tools, peer)),
      ...(await answeringThem(tools, peer)),
      ...(await expectGenuine(tools, [peer])),
    ];
    return outcomeOf(findings, 'Die Lücke wurde gefüllt, Verdorbenes übersprungen; geliefert wurde genau das Fehlende');
  },
});

async function fetching(tools: Tools, peer: Peer): Promise<Findings> {
  const alice = await tools.user('alice');
  const mallory = peer.userId('mallory');
  const roomId = await tools.room(alice, { preset: 'public_chat' });
  const room = await joinRoom(peer, { roomId, userId: mallory });
  const at = { peer, reader: alice, roomId };
  const chain = ['davor', gapText, 'danach'].map((text) => {
    const pdu = probeFrom(peer, room, mallory, text);
    room.add(pdu);
    return pdu;
  });
  const ids = chain.map(({ eventId }) => eventId);
  premise(await bring(tools, at, chain.slice(-1)));
  const shown = await latestMessages(tools, alice, { roomId, eventId: ids[0] ?? '' });
  // In place of text a number with a fraction, which no event may have.
  const fraction = peer.sealed(room, { type: probeType, sender: mallory, content: { probe: 0.5 } });
  const spoilt = [fraction, probeFrom(peer, room, mallory, tooLong)];
  room.know(spoilt);
  const onSpoilt = spoilt.map((pdu) => probeFrom(peer, room, mallory, 'darauf', following([pdu])));
  const afterwards = await bring(tools, at, [...onSpoilt, probeFrom(peer, room, mallory, 'weiter')]);
  const hidden = spoilt.map((pdu) =>
    expectHidden(tools, at, pdu, {
      code: 'spoilt-shown',
      title: 'Ein zu großes oder unzulässiges Ereignis, das eine Lücke füllen soll, erscheint im Raum',
    }),
  );
  return [
    ...expectEqual(
      shown,
      { wanted: [3, 2, 1], got: numbersOf(idsAmong(chunkOf(shown), ids), ids) },
      { code: 'gap-not-filled', title: 'Eine Lücke zwischen Ereignissen wird nicht mit den fehlenden gefüllt' },
    ),
    ...(await Promise.all(hidden)).flat(),
    ...expectStatus(afterwards, 200, {
      code: 'room-stuck',
      title: 'Nach einem zu großen oder unzulässigen Ereignis kommt im Raum nichts mehr an',
    }),
  ];
}

async function answeringThem(tools: Tools, peer: Peer): Promise<Findings> {
  const alice = await tools.user('alice');
  const visibility = { type: 'm.room.history_visibility', content: { history_visibility: 'joined' } };
  const roomId = await tools.room(alice, { preset: 'public_chat', initial_state: [visibility] });
  await tools.sendProbe(alice, roomId);
  const room = await joinRoom(peer, { roomId, userId: peer.userId('mallory') });
  const joined = room.head?.eventId ?? '';
  const sent = await sendProbes(tools, alice, roomId, 3);
  const ask = async (body: JsonObject) =>
    premise(await peer.ask('POST', missingEventsPath, { params: { roomId }, body }));
  const latest = sent.slice(-1);
  const all = await ask({ earliest_events: [joined], latest_events: latest, limit: 10 });
  const one = await ask({ earliest_events: [joined], latest_events: latest, limit: 1 });
  const before = await ask({ earliest_events: [], latest_events: [joined], limit: 20 });
  const seen = arrayAt(before.json, ['events']).filter((event) => valueAt(event, ['content', 'probe']) !== undefined);
  const otherEvents = { code: 'other-events', title: 'Geliefert werden nicht genau die fehlenden Ereignisse' };
  return [
    ...expectEqual(all, { wanted: [1, 2], got: numbersOf(idsIn(all, 'events'), sent).toSorted() }, otherEvents),
    ...expectEqual(one, { wanted: [2], got: numbersOf(idsIn(one, 'events'), sent) }, otherEvents),
    ...expectEqual(
      before,
      { wanted: 0, got: seen.length },
      {
        code: 'hidden-told',
        title: 'Ein anderer Homeserver erfährt, was vor dem Beitritt gesagt wurde, obwohl der Raum es verbirgt',
      },
    ),
  ];
}
