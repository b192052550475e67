import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { trySend } from '../../lib/room-events.ts';
import { sendTemplate } from '../../lib/tools.ts';

const sent = answering(200, { event_id: '$altered' });
const claims = {
  stranger: { code: 'stranger-sends', title: 'Wer nicht im Raum ist, kann dort senden' },
  invited: { code: 'invited-sends', title: 'Wer nur eingeladen ist, kann schon senden' },
  left: { code: 'left-sends', title: 'Wer den Raum verlassen hat, kann weiter senden' },
  member: { code: 'member-refused', title: 'Ein Mitglied kann nicht senden' },
};

// Only members speak in a room.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.send-nonmember',
    title: 'Nur Mitglieder können in einem Raum senden',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3roomsroomidsendeventtypetxnid'),
  },
  counterexamples: [
    {
      title: 'Fremde dürfen senden',
      defect: { when: { path: sendTemplate }, alter: onlyNth(1, sent) },
      expectFinding: claims.stranger.code,
    },
    {
      title: 'Eingeladene dürfen senden',
      defect: { when: { path: sendTemplate }, alter: onlyNth(2, sent) },
      expectFinding: claims.invited.code,
    },
    {
      title: 'Gegangene dürfen senden',
      defect: { when: { path: sendTemplate }, alter: onlyNth(4, sent) },
      expectFinding: claims.left.code,
    },
    {
      title: 'Niemand darf senden',
      defect: { when: { path: sendTemplate }, alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }) },
      expectFinding: claims.member.code,
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const bob = await tools.user('bob');
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const { invite, join, leave } = membershipSteps(tools.request);
    const send = () => trySend(tools, bob, roomId, { content: {} });
    const stranger = await send();
    premise(await invite(alice, roomId, bob));
    const invited = await send();
    premise(await join(bob, roomId));
    const member = await send();
    premise(await leave(bob, roomId));
    const left = await send();
    return outcomeOf(
      [
        ...expectForbidden(stranger, claims.stranger),
        ...expectForbidden(invited, claims.invited),
        ...expectStatus(member, 200, claims.member),
        ...expectForbidden(left, claims.left),
      ],
      'Fremd, eingeladen und gegangen: 403; als Mitglied: gesendet',
    );
  },
});
