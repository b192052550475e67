import type { Session } from '../../../core/model/bench.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Sink, SinkRequest } from '../../../core/model/surroundings.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { joinAcross, joinVia } from '../../lib/join-across.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { joinByAliasTemplate, membershipAs, membershipTemplate } from '../../lib/membership.ts';
import { allowingInto, expectAllowed, expectForbidden } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const authoriser = 'join_authorised_via_users_server';

/** With these a homeserver says that another one may know better. */
const unable = ['M_UNABLE_TO_AUTHORISE_JOIN', 'M_UNABLE_TO_GRANT_JOIN'];

// A homeserver that cannot decide says so, and whoever wants to join asks the next one.
// https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.restricted-server',
    title: 'Kann ein Homeserver über einen Beitritt nicht entscheiden, wird der nächste gefragt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('restricted-rooms'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Nach der ersten Absage gilt der Beitritt als abgelehnt',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: onlyNth(3, answering(400, { errcode: unable[0], error: 'altered' })),
      },
      expectFinding: 'not-asked-on',
    },
    {
      title: 'Wer im anderen Raum nicht ist, kommt hinein',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(2, allowingInto) },
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
    const bob = await far.user('bob');
    const [alice, carol] = [await near.user('alice'), await near.user('carol')];
    const { other, roomId } = await roomsOf(far, bob);
    await joinAcross(near, alice, { roomId: other, via: far.target.serverName });
    const undecided = [await near.surroundings().openServer(), await near.surroundings().openServer()];
    using _first = undecided[0]?.answering(isAskedFor(roomId), unableAnswer(0));
    using _second = undecided[1]?.answering(isAskedFor(roomId), unableAnswer(1));
    const vias = [...undecided.map(({ url }) => new URL(url).host), far.target.serverName];
    const stranger = await joinVia(near, carol, { roomId, via: vias });
    const member = await joinVia(near, alice, { roomId, via: vias });
    const seen = await membershipAs(far, bob, { roomId, whom: alice, wanted: 'join' });
    for (const server of undecided) {
      if (!(await wasAskedFor(server, roomId, alice))) {
        return inconclusive('Nicht jeder Homeserver wurde gefragt, der nicht entscheiden kann.');
      }
    }
    return outcomeOf(
      [
        ...expectForbidden(stranger, {
          code: 'stranger-joined',
          title: 'Wer im anderen Raum nicht ist, kommt über einen fremden Homeserver hinein',
        }),
        ...expectAllowed(member, {
          code: 'not-asked-on',
          title: 'Nach der Absage eines Homeservers, der nicht entscheiden kann, wird kein anderer gefragt',
        }),
        ...expectEqual(
          seen,
          { wanted: ['join', bob.userId], got: ['membership', authoriser].map((key) => stringAt(seen.json, [key])) },
          { code: 'other-authoriser', title: 'Der Beitritt nennt nicht die Person, die zustimmen durfte' },
        ),
      ],
      'Nach zwei Homeservern, die nicht entscheiden konnten, über den dritten eingelassen; Fremde abgelehnt',
    );
  },
});

/** A public room, and one that lets in its members. */
async function roomsOf({ room }: Tools, host: Session) {
  const other = await room(host, { preset: 'public_chat' });
  return { other, roomId: await room(host, withJoinRule({ join_rule: 'restricted', allow: membersOf(other) })) };
}

const isAskedFor =
  (roomId: string, userId = '') =>
  ({ path }: SinkRequest): boolean =>
    path.startsWith(`/_matrix/federation/v1/make_join/${roomId}/${userId}`);

const unableAnswer = (at: number) => ({ status: 400, json: { errcode: unable[at], error: 'ask somebody else' } });

const wasAskedFor = async (server: Sink, roomId: string, { userId }: Session): Promise<boolean> =>
  (await server.waitFor(isAskedFor(roomId, userId), 0)) !== undefined;
