import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { isClosed, versionPath } from '../../lib/federation.ts';
import { stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { inviteTemplate, membershipSteps } from '../../lib/membership.ts';
import { getState, stateKeyTemplate } from '../../lib/state-requests.ts';
import { sendTemplate } from '../../lib/tools.ts';

// Inviting somebody who cannot be reached leaves nothing behind but a clear refusal.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-disabled-invite',
    title: 'Ist Föderation abgeschaltet, scheitert eine Einladung an einen anderen Homeserver ohne Folgen für den Raum',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidinvite'),
    rows: ['fed-disabled'],
  },
  counterexamples: [
    {
      title: 'Die Einladung scheint gelungen',
      defect: { when: { path: inviteTemplate }, alter: answering(200, {}) },
      expectFinding: 'invite-accepted',
    },
    {
      title: 'Die eingeladene Person steht trotzdem im Raum',
      defect: { when: { method: 'GET', path: stateKeyTemplate }, alter: answering(200, { membership: 'invite' }) },
      expectFinding: 'invite-left-behind',
    },
    {
      title: 'Danach lässt sich im Raum nichts mehr senden',
      defect: {
        when: { method: 'PUT', path: sendTemplate },
        alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }),
      },
      expectFinding: 'room-broken',
    },
  ],
  async run({ request, user, room, random }) {
    if (!isClosed(await request('GET', versionPath)))
      return notApplicable('Föderation ist eingeschaltet (federation_domain_whitelist).');
    const alice = await user('alice');
    const roomId = await room(alice, { preset: 'private_chat' });
    // A name that is reserved for what does not exist.
    const userId = `@${random.word(10)}:anderswo.invalid`;
    const invited = await membershipSteps(request).invite(alice, roomId, { userId });
    const member = await getState(request, alice, { roomId, eventType: 'm.room.member', stateKey: userId });
    const params = { roomId, eventType: 'de.pruefstand.probe', txnId: random.word(12) };
    const sent = await request('PUT', sendTemplate, { params, session: alice, body: { probe: random.word(16) } });
    return outcomeOf(
      [
        ...expectThat(invited, invited.status >= 400 && stringAt(invited.json, ['errcode']) !== undefined, {
          code: 'invite-accepted',
          title: 'Eine Einladung an einen anderen Homeserver wird trotz abgeschalteter Föderation nicht abgelehnt',
          expected: 'eine Ablehnung mit Fehlercode',
          observed: `Status ${invited.status}`,
        }),
        ...expectStatus(member, 404, {
          code: 'invite-left-behind',
          title: 'Nach der gescheiterten Einladung gilt die Person als eingeladen',
        }),
        ...expectStatus(sent, 200, {
          code: 'room-broken',
          title: 'Nach der gescheiterten Einladung lässt sich im Raum nicht mehr senden',
        }),
      ],
      `Einladung abgelehnt mit Status ${invited.status}; der Raum ist unverändert`,
    );
  },
});
