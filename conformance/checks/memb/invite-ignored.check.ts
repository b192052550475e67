import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { HttpDefect } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { type Claim, expectThat, type Findings } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const accountDataPath = '/_matrix/client/v3/user/{userId}/account_data/{type}';
const query = inlineFilter(roomsOnly);
const shown = showingRooms('invite', { invite_state: { events: [] } });

// Whoever is ignored cannot knock at the door by inviting.
// https://spec.matrix.org/v1.19/client-server-api/#ignoring-users
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-ignored',
    title: 'Einladungen von ignorierten Personen werden nicht angezeigt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('ignoring-users'),
  },
  counterexamples: [
    {
      title: 'Die Einladung erscheint in der laufenden Synchronisation',
      defect: onSyncs(shown, (query) => query.includes('since=')),
      expectFinding: 'shown-at-once',
    },
    {
      title: 'Die Einladung erscheint bei einer neuen Anmeldung',
      defect: onSyncs(shown, (query) => !query.includes('since=')),
      expectFinding: 'shown-later',
    },
    {
      title: 'Auch alle anderen Einladungen fehlen',
      defect: { when: { path: '/_matrix/client/v3/sync' }, alter: hidingRooms('invite') },
      expectFinding: 'others-hidden',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const { invite } = membershipSteps(tools.request);
    await ignore(tools, bob, [alice.userId]);
    const start = await tools.waitForSync(bob, { query, until: () => true, deadlineMs: 10_000 });
    const ignored = await tools.room(alice, { preset: 'private_chat' });
    const welcome = await tools.room(carol, { preset: 'private_chat' });
    premise(await invite(alice, ignored, bob));
    premise(await invite(carol, welcome, bob));
    // What was sent before the welcome invitation has come with it.
    const going = await tools.waitForSync(bob, {
      query,
      ...(start.nextBatch !== undefined && { since: start.nextBatch }),
      until: (json) => invites(json).includes(welcome),
      deadlineMs: 5_000,
    });
    const fresh = premise(await syncOnce(tools.request, bob, { timeout: 0, query }));
    await ignore(tools, bob, []);
    const title = 'Die Einladung einer ignorierten Person wird angezeigt';
    return outcomeOf(
      [
        ...going.answers.flatMap((answer) => absenceFindings(answer, ignored, { code: 'shown-at-once', title })),
        ...absenceFindings(fresh, ignored, { code: 'shown-later', title }),
        // Without this the absence would prove nothing.
        ...expectThat(going.last, going.reached, {
          code: 'others-hidden',
          title: 'Auch Einladungen von anderen Personen fehlen',
          expected: 'die Einladung der nicht ignorierten Person',
          observed: 'keine Einladung',
        }),
      ],
      'Einladung der ignorierten Person verborgen, die der anderen angezeigt',
    );
  },
});

async function ignore({ request }: Tools, session: Session, userIds: readonly string[]): Promise<void> {
  const ignored_users = Object.fromEntries(userIds.map((userId) => [userId, {}]));
  const params = { userId: session.userId, type: 'm.ignored_user_list' };
  premise(await request('PUT', accountDataPath, { params, session, body: { ignored_users } }));
}

const invites = (sync: unknown): readonly string[] => Object.keys(objectAt(sync, ['rooms', 'invite']));

function absenceFindings(answer: Answer, roomId: string, claim: Claim): Findings {
  return expectThat(answer, !invites(answer.json).includes(roomId), {
    ...claim,
    expected: 'keine Einladung von ihr',
    observed: 'die Einladung steht da',
  });
}

function onSyncs({ when, alter }: HttpDefect, isMeant: (query: string) => boolean): HttpDefect {
  return { when, alter: (answer, seen) => (isMeant(seen.query) ? alter(answer, seen) : answer) };
}
