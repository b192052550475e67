import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { arrayAt, stringAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { changingRooms, hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, hasType, roomIn, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const claims = {
  invited: { code: 'invitation-missing', title: 'Eine Einladung erreicht die eingeladene Person nicht' },
  stripped: { code: 'invitation-unnamed', title: 'Eine Einladung sagt nicht, wer in welchen Raum einlädt' },
  moved: { code: 'still-invited', title: 'Nach dem Beitritt steht der Raum nicht genau unter den betretenen' },
};

// An invitation shows who invites where, and moves to the joined rooms once accepted.
// https://spec.matrix.org/v1.19/client-server-api/#stripped-state
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-invite-section',
    title: 'Einladungen kommen mit den nötigen Angaben an und werden durch den Beitritt abgelöst',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('stripped-state'),
  },
  counterexamples: [
    {
      title: 'Die Einladung fehlt',
      defect: { when, alter: hidingRooms('invite') },
      expectFinding: claims.invited.code,
    },
    {
      title: 'Die Einladung ist leer',
      defect: { when, alter: changingRooms('invite', (room) => withValueAt(room, ['invite_state', 'events'], [])) },
      expectFinding: claims.stripped.code,
    },
    {
      title: 'Die Einladung bleibt nach dem Beitritt',
      defect: showingRooms('invite', { invite_state: { events: [] } }),
      expectFinding: claims.moved.code,
    },
  ],
  async run(tools) {
    const { invite, join } = membershipSteps(tools.request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const name = `Prüfung ${tools.random.word(6)}`;
    const roomId = await tools.room(alice, { preset: 'private_chat', name });
    const since = await syncStart(tools, bob);
    premise(await invite(alice, roomId, bob));
    const isInvited = (json: unknown) => roomIn(json, 'invite', roomId) !== undefined;
    const invited = await tools.waitForSync(bob, { since, until: isInvited, deadlineMs: arrivalMs });
    const events = arrayAt(roomIn(invited.last.json, 'invite', roomId), ['invite_state', 'events']);
    const own = events.find(
      (event) => hasType(event, 'm.room.member') && stringAt(event, ['state_key']) === bob.userId,
    );
    const got = {
      by: stringAt(own, ['sender']),
      membership: stringAt(own, ['content', 'membership']),
      name: stringAt(
        events.find((event) => hasType(event, 'm.room.name')),
        ['content', 'name'],
      ),
    };
    premise(await join(bob, roomId));
    const next = invited.nextBatch ?? since;
    const isJoined = (json: unknown) => roomIn(json, 'join', roomId) !== undefined;
    const joined = await tools.waitForSync(bob, { since: next, until: isJoined, deadlineMs: arrivalMs });
    const isMoved = joined.reached && !isInvited(joined.last.json);
    return outcomeOf(
      [
        ...expectEqual(invited.last, { wanted: true, got: invited.reached }, claims.invited),
        ...expectEqual(
          invited.last,
          { wanted: { by: alice.userId, membership: 'invite', name }, got },
          claims.stripped,
        ),
        ...expectThat(joined.last, isMoved, {
          ...claims.moved,
          expected: 'unter rooms.join und nicht mehr unter rooms.invite',
          observed: joined.reached ? 'unter beiden' : 'nicht unter rooms.join',
        }),
      ],
      'Die Einladung nennt Person und Raum und weicht dem Beitritt',
    );
  },
});
