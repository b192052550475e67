import { outcomeOf } from '../../../core/model/outcome.ts';
import { setAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingTimelines, dropping, leakingSentIntoTimelines } from '../../lib/event-defects.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { idsAmong } from '../../lib/room-events.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { showingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, globalAccountData, roomIn, syncStart, timelinesOf } from '../../lib/sync-sections.ts';

const type = 'm.ignored_user_list';
const claims = {
  message: { code: 'ignored-heard', title: 'Nachrichten einer ignorierten Person kommen an' },
  invite: { code: 'ignored-invites', title: 'Einladungen einer ignorierten Person kommen an' },
  restored: { code: 'still-ignored', title: 'Wer nicht mehr ignoriert wird, bleibt stumm' },
};

// Whom one ignores one neither hears nor is invited by; taken back, they are heard again.
// https://spec.matrix.org/v1.19/client-server-api/#ignoring-users
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.ignore',
    title: 'Nachrichten und Einladungen ignorierter Personen bleiben aus',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('ignoring-users'),
  },
  counterexamples: [
    { title: 'Ignorierte werden gehört', defect: leakingSentIntoTimelines, expectFinding: claims.message.code },
    {
      title: 'Ignorierte laden ein',
      defect: showingRooms('invite', { invite_state: { events: [] } }),
      expectFinding: claims.invite.code,
    },
    {
      title: 'Niemand wird je wieder gehört',
      defect: { when: { path: syncTemplate }, alter: changingTimelines(dropping) },
      expectFinding: claims.restored.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    await tools.join(roomId, alice, carol);
    const ignore = async (userIds: readonly string[], since: string) => {
      const ignored_users = Object.fromEntries(userIds.map((userId) => [userId, {}]));
      premise(await setAccountData(request, alice, { type }, { ignored_users }));
      const until = (json: unknown) => globalAccountData(json, type) !== undefined;
      return (await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs })).nextBatch ?? since;
    };
    const from = await ignore([bob.userId], await syncStart(tools, alice));
    const unheard = await tools.sendProbe(bob, roomId);
    const lobby = await tools.room(bob, { preset: 'private_chat' });
    premise(await membershipSteps(request).invite(bob, lobby, alice));
    const heard = await tools.sendProbe(carol, roomId);
    const until = (eventId: string) => (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const during = await tools.waitForSync(alice, { since: from, until: until(heard), deadlineMs: arrivalMs });
    const got = idsAmong(timelinesOf(during.answers, roomId), [unheard]).length;
    const isInvited = during.answers.some(({ json }) => roomIn(json, 'invite', lobby) !== undefined);
    const again = await ignore([], during.nextBatch ?? from);
    const restored = await tools.sendProbe(bob, roomId);
    const after = await tools.waitForSync(alice, { since: again, until: until(restored), deadlineMs: arrivalMs });
    return outcomeOf(
      [
        ...expectEqual(during.last, { wanted: 0, got }, claims.message),
        ...expectThat(during.last, !isInvited, {
          ...claims.invite,
          expected: 'keine Einladung',
          observed: 'die Einladung in der Synchronisation',
        }),
        ...expectThat(after.last, during.reached && after.reached, {
          ...claims.restored,
          expected: 'Nachrichten anderer Personen und, nach dem Aufheben, auch dieser',
          observed: during.reached ? 'nichts nach dem Aufheben' : 'auch andere Personen sind stumm',
        }),
      ],
      'Nachricht und Einladung blieben aus, nach dem Aufheben kam die nächste Nachricht an',
    );
  },
});
