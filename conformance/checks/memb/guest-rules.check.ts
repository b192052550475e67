import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import {
  expectMembership,
  joinTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { setState } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';

// Guests enter only where the room lets guests in, and are out as soon as it no longer does.
// https://spec.matrix.org/v1.19/client-server-api/#guest-access
export const check = conformanceCheck({
  variant: 'open',
  meta: {
    id: 'conformance.memb.guest-rules',
    title: 'Gäste kommen nur in Räume, die Gäste zulassen, und müssen gehen, wenn das endet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('guest-access'),
  },
  counterexamples: [
    {
      title: 'Gäste kommen überall hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'guest-joined',
    },
    {
      title: 'Gäste kommen nirgends hinein',
      defect: { when: { path: joinTemplate }, alter: forbidding },
      expectFinding: 'guest-refused',
    },
    {
      title: 'Gäste bleiben, obwohl der Raum sie nicht mehr zulässt',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'guest-stayed',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const { join } = membershipSteps(request);
    const guest = await guestSession(tools);
    if (guest === undefined) return notApplicable('Der Server lässt keine Gäste zu (allow_guest_access).');
    const alice = await user('alice');
    const closed = await room(alice, roomFor('forbidden'));
    const open = await room(alice, roomFor('can_join'));
    const refused = await join(guest, closed);
    const joined = await join(guest, open);
    const content = { guest_access: 'forbidden' };
    premise(await setState(request, alice, { roomId: open, eventType: 'm.room.guest_access' }, content));
    const member = await membershipAs(tools, alice, { roomId: open, whom: guest, wanted: 'leave' });
    return outcomeOf(
      [
        ...expectForbidden(refused, {
          code: 'guest-joined',
          title: 'Gäste kommen in einen Raum, der sie nicht zulässt',
        }),
        ...expectAllowed(joined, { code: 'guest-refused', title: 'Gäste kommen nicht in einen Raum, der sie zulässt' }),
        ...expectMembership(member, 'leave', {
          code: 'guest-stayed',
          title: 'Gäste bleiben in einem Raum, der sie nicht mehr zulässt',
        }),
      ],
      'Ohne Erlaubnis 403, mit Erlaubnis 200, nach dem Widerruf draußen',
    );
  },
});

const roomFor = (guest_access: string) => ({
  preset: 'public_chat',
  initial_state: [{ type: 'm.room.guest_access', state_key: '', content: { guest_access } }],
});

/** Undefined where there are no guests. */
async function guestSession({ request }: Tools): Promise<Session | undefined> {
  const answer = await request('POST', '/_matrix/client/v3/register', { query: { kind: 'guest' }, body: {} });
  if (answer.status !== 200) return undefined;
  const text = (key: string) => premiseString(answer, [key]);
  return { userId: text('user_id'), deviceId: text('device_id'), accessToken: text('access_token') };
}
