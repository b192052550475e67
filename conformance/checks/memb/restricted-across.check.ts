import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { joinAcross, joinVia } from '../../lib/join-across.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { joinByAliasTemplate, membershipAs, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const authoriser = 'join_authorised_via_users_server';

// A homeserver none of whose people may let anybody in asks one that can.
// https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.restricted-across',
    title: 'Wo der eigene Homeserver niemanden einlassen darf, holt er die Zustimmung eines anderen ein',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('restricted-rooms'),
    rows: ['restricted-server'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Das Mitglied des anderen Raums kommt nicht hinein',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(4, forbidding) },
      expectFinding: 'member-refused',
    },
    {
      title: 'Wer im anderen Raum nicht ist, kommt hinein',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(3, allowingInto) },
      expectFinding: 'stranger-joined',
    },
    {
      title: 'Der Beitritt nennt jemanden als Zustimmenden, der nicht einladen darf',
      defect: { when: { path: membershipTemplate }, alter: setting([authoriser], '@fremd:example.org') },
      expectFinding: 'other-authoriser',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const alice = await near.user('alice');
    const [bob, carol] = [await far.user('bob'), await far.user('carol')];
    const { other, roomId } = await roomsOf(near, alice);
    await bringIn({ near, far }, { roomId, alice, resident: carol });
    const via = near.target.serverName;
    await joinAcross(far, bob, { roomId: other, via });
    const dave = await far.user('dave');
    const stranger = await joinVia(far, dave, { roomId, via });
    const member = await joinVia(far, bob, { roomId, via });
    const seen = await membershipAs(near, alice, { roomId, whom: bob, wanted: 'join' });
    return outcomeOf(
      [
        ...expectForbidden(stranger, {
          code: 'stranger-joined',
          title: 'Wer im anderen Raum nicht ist, kommt über einen fremden Homeserver hinein',
        }),
        ...expectAllowed(member, {
          code: 'member-refused',
          title: 'Ein Mitglied des anderen Raums kommt nicht hinein, weil der eigene Homeserver nicht zustimmen darf',
        }),
        ...expectEqual(
          seen,
          { wanted: ['join', alice.userId], got: ['membership', authoriser].map((key) => stringAt(seen.json, [key])) },
          { code: 'other-authoriser', title: 'Der Beitritt nennt nicht die Person, die zustimmen durfte' },
        ),
      ],
      'Mitglied über den anderen Homeserver eingelassen, Fremde abgelehnt',
    );
  },
});

/** A public room, and one that lets in its members; only its creator may invite. */
async function roomsOf({ room }: Tools, host: Session) {
  const other = await room(host, { preset: 'public_chat' });
  const options = withJoinRule({ join_rule: 'restricted', allow: membersOf(other) });
  return { other, roomId: await room(host, { ...options, power_level_content_override: { invite: 50 } }) };
}

interface Resident {
  readonly roomId: string;
  readonly alice: Session;
  readonly resident: Session;
}

/** From then on the far homeserver knows the room, too, but has nobody in it who may let people in. */
async function bringIn(
  { near, far }: Readonly<Record<'near' | 'far', Tools>>,
  { roomId, alice, resident }: Resident,
): Promise<void> {
  premise(await membershipSteps(near.request).invite(alice, roomId, resident));
  await joinAcross(far, resident, { roomId, via: near.target.serverName });
}
