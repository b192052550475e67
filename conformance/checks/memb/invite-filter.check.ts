import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { inviteTemplate, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectAllowed, forbidding } from '../../lib/refusals.ts';
import { advertises } from '../../lib/spec-versions.ts';
import { getState } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';

const accountDataPath = '/_matrix/client/v3/user/{userId}/account_data/{type}';

// The edition that let people refuse all invitations, and the name of the feature before it.
const blockingSince = '1.18';
const earlyFeature = 'org.matrix.msc4380.stable';

// Who wants no invitations gets none, and whoever invites is told so.
// https://spec.matrix.org/v1.19/client-server-api/#invite-permission
export const check = conformanceCheck({
  variant: 'open',
  meta: {
    id: 'conformance.memb.invite-filter',
    title: 'Wer keine Einladungen wünscht, erhält keine',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('invite-permission'),
  },
  counterexamples: [
    {
      title: 'Die unerwünschte Einladung wird angenommen',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'invited-against-wish',
    },
    {
      title: 'Die unerwünschte Einladung steht trotz Ablehnung im Raum',
      defect: { when: { path: membershipTemplate }, alter: answering(200, { membership: 'invite' }) },
      expectFinding: 'invitation-left',
    },
    {
      title: 'Auch nach dem Widerruf lässt sich niemand einladen',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'still-blocked',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    if (!(await isOffered(tools)))
      return notApplicable('Der Server kennt das Sperren von Einladungen nicht (Spezifikation ab v1.18, MSC4380).');
    const { invite } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await setPermission(tools, bob, { default_action: 'block' });
    const blocked = await invite(alice, roomId, bob);
    const member = await getState(request, alice, { roomId, eventType: 'm.room.member', stateKey: bob.userId });
    await setPermission(tools, bob, {});
    const welcome = await invite(alice, roomId, bob);
    return outcomeOf(
      [
        ...expectError(
          blocked,
          { status: 403, errcode: 'M_INVITE_BLOCKED' },
          { code: 'invited-against-wish', title: 'Eine unerwünschte Einladung wird nicht als solche abgelehnt' },
        ),
        ...expectStatus(member, 404, {
          code: 'invitation-left',
          title: 'Eine unerwünschte Einladung steht trotz Ablehnung im Raum',
        }),
        ...expectAllowed(welcome, {
          code: 'still-blocked',
          title: 'Wer wieder Einladungen wünscht, kann nicht eingeladen werden',
        }),
      ],
      'Gesperrt: 403 mit M_INVITE_BLOCKED; nach dem Widerruf eingeladen',
    );
  },
});

async function isOffered({ request, target }: Tools): Promise<boolean> {
  if (advertises(target, blockingSince)) return true;
  const { json } = await request('GET', '/_matrix/client/versions');
  return valueAt(json, ['unstable_features', earlyFeature]) === true;
}

async function setPermission({ request }: Tools, session: Session, body: unknown): Promise<void> {
  const params = { userId: session.userId, type: 'm.invite_permission_config' };
  premise(await request('PUT', accountDataPath, { params, session, body }));
}
