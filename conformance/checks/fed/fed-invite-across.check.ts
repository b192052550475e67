import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { objectAt, withoutValueAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { expectMembership, membershipAs, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { serverClause } from '../../lib/server-api.ts';
import { syncTemplate } from '../../lib/sync.ts';

const deadlineMs = 5_000;

// An invitation reaches people on another homeserver, and so does taking it back; declining reaches whoever invited.
// https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-invite-across',
    title: 'Einladungen über Homeserver hinweg kommen an, lassen sich ablehnen und zurücknehmen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('inviting-to-a-room'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Einladung kommt nicht an',
      defect: {
        when: { path: syncTemplate },
        alter: (answer) => ({ ...answer, json: withoutValueAt(answer.json, ['rooms', 'invite']) }),
      },
      expectFinding: 'invite-not-told',
    },
    {
      title: 'Die Ablehnung kommt nicht an',
      defect: { when: { method: 'GET', path: membershipTemplate }, alter: setting(['membership'], 'invite') },
      expectFinding: 'rejection-not-told',
    },
    {
      title: 'Die Rücknahme der Einladung kommt nicht an',
      defect: {
        when: { path: syncTemplate },
        alter: (answer) => ({ ...answer, json: withoutValueAt(answer.json, ['rooms', 'leave']) }),
      },
      expectFinding: 'rescission-not-told',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const [declined, rescinded] = [await near.room(alice), await near.room(alice)];
    const [here, there] = [membershipSteps(near.request), membershipSteps(far.request)];
    const start = await far.waitForSync(bob, { until: () => true, deadlineMs: 0 });
    const seen = (kind: 'invite' | 'leave', roomId: string, since = '') =>
      far.waitForSync(bob, {
        since,
        until: (json) => Object.hasOwn(objectAt(json, ['rooms', kind]), roomId),
        deadlineMs,
      });
    premise(await here.invite(alice, declined, bob));
    const told = await seen('invite', declined, start.nextBatch);
    premise(await there.leave(bob, declined));
    const left = await membershipAs(near, alice, { roomId: declined, whom: bob, wanted: 'leave' });
    premise(await here.invite(alice, rescinded, bob));
    const toldAgain = await seen('invite', rescinded, told.nextBatch);
    premise(await here.kick(alice, rescinded, bob));
    const takenBack = await seen('leave', rescinded, toldAgain.nextBatch);
    return outcomeOf(
      [
        ...[told, toldAgain].flatMap(({ last, reached }) =>
          expectThat(last, reached, {
            code: 'invite-not-told',
            title: 'Eine Einladung kommt bei einer Person des anderen Homeservers nicht an',
            expected: 'der Raum unter rooms.invite',
            observed: 'nichts davon',
          }),
        ),
        ...expectMembership(left, 'leave', {
          code: 'rejection-not-told',
          title: 'Wer eine Einladung über Homeserver hinweg ablehnt, gilt weiter als eingeladen',
        }),
        ...expectThat(takenBack.last, takenBack.reached, {
          code: 'rescission-not-told',
          title: 'Eine zurückgenommene Einladung bleibt bei einer Person des anderen Homeservers stehen',
          expected: 'der Raum unter rooms.leave',
          observed: 'nichts davon',
        }),
      ],
      'Einladung angekommen, Ablehnung angekommen, Rücknahme angekommen',
    );
  },
});
