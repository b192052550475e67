import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { joinAcross } from '../../lib/join-across.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { expectMembership, membershipAs, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { eventTemplate, readEvent } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { sendTemplate } from '../../lib/tools.ts';

// One room on two homeservers: either side sees what the other one says, and who has left says nothing any more.
// https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-room-across',
    title: 'In einem Raum über zwei Homeserver hinweg kommt an, was beide Seiten senden, bis eine Seite geht',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('joining-rooms'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ereignisse kommen mit anderem Inhalt an',
      defect: { when: { method: 'GET', path: eventTemplate }, alter: setting(['content', 'probe'], 'verändert') },
      expectFinding: 'event-differs',
    },
    {
      title: 'Der Austritt kommt nicht an',
      defect: { when: { method: 'GET', path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'leave-not-told',
    },
    {
      title: 'Nach dem Austritt lässt sich weiter senden',
      defect: {
        when: { method: 'PUT', path: sendTemplate },
        alter: (answer, seen) =>
          answer.status === 403 ? answering(200, { event_id: `$${'a'.repeat(43)}` })(answer, seen) : answer,
      },
      expectFinding: 'sends-after-leaving',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const roomId = await near.room(alice, { preset: 'public_chat' });
    await joinAcross(far, bob, { roomId, via: near.target.serverName });
    const joined = await membershipAs(near, alice, { roomId, whom: bob, wanted: 'join' });
    const contents = { there: near.random.word(16), back: near.random.word(16) };
    const sent = async ({ request, random }: typeof near, session: typeof alice, probe: string) => {
      const params = { roomId, eventType: 'de.pruefstand.probe', txnId: random.word(12) };
      return request('PUT', sendTemplate, { params, session, body: { probe } });
    };
    const idOf = (json: unknown) => String(valueAt(json, ['event_id']));
    const there = idOf(premise(await sent(near, alice, contents.there)).json);
    const back = idOf(premise(await sent(far, bob, contents.back)).json);
    const arrived = ({ request, poll }: typeof near, session: typeof alice, eventId: string) =>
      poll({
        ask: () => readEvent(request, session, roomId, eventId),
        until: ({ status }) => status === 200,
        deadlineMs: settlingMs,
      });
    const seenByBob = await arrived(far, bob, there);
    const seenByAlice = await arrived(near, alice, back);
    premise(await membershipSteps(far.request).leave(bob, roomId));
    const left = await membershipAs(near, alice, { roomId, whom: bob, wanted: 'leave' });
    const afterwards = await sent(far, bob, 'danach');
    const differs = {
      code: 'event-differs',
      title: 'Ein Ereignis kommt beim anderen Homeserver nicht oder verändert an',
    };
    return outcomeOf(
      [
        ...expectMembership(left, 'leave', {
          code: 'leave-not-told',
          title: 'Wer über einen anderen Homeserver dabei war und geht, gilt weiter als Mitglied',
        }),
        ...expectMembership(joined, 'join', {
          code: 'join-not-told',
          title: 'Wer über einen anderen Homeserver beitritt, gilt nicht als Mitglied',
        }),
        ...expectEqual(
          seenByBob,
          { wanted: contents.there, got: valueAt(seenByBob.json, ['content', 'probe']) },
          differs,
        ),
        ...expectEqual(
          seenByAlice,
          { wanted: contents.back, got: valueAt(seenByAlice.json, ['content', 'probe']) },
          differs,
        ),
        ...expectForbidden(afterwards, {
          code: 'sends-after-leaving',
          title: 'Wer gegangen ist, kann weiter in den Raum senden',
        }),
      ],
      'Beigetreten, beide Richtungen unverändert angekommen, nach dem Austritt 403',
    );
  },
});
