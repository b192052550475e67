import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { uploadPicture } from '../../lib/picture.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { restoringField, writeField } from '../../lib/profile.ts';
import { syncOnce, timelineOf } from '../../lib/sync.ts';

const memberTemplate = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
const syncPath = '/_matrix/client/v3/sync';

/** Servers tell the rooms after the answer, one by one. */
const spreadingMs = 10_000;

// A new picture is seen at once by everybody who shares a room, without asking for the profile.
// https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-propagate',
    title: 'Ein neues Profilbild erscheint in allen gemeinsamen Räumen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('events-on-change-of-profile-information'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Mitgliedschaft behält das alte Bild',
      defect: { when: { path: memberTemplate }, alter: setting(['avatar_url'], 'mxc://example.org/alt') },
      expectFinding: 'membership-old',
    },
    {
      title: 'Andere Mitglieder erfahren nichts',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) => (seen.earlier.length === 0 ? answer : setting(['rooms'], {})(answer, seen)),
      },
      expectFinding: 'not-told',
    },
  ],
  async run({ request, user, room, join, waitForSync }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const address = await uploadPicture(request, alice);
    return restoringField(request, alice, 'avatar_url', async () => {
      const roomId = await room(alice);
      await join(roomId, alice, bob);
      const since = premiseString(await syncOnce(request, bob, { timeout: 0 }), ['next_batch']);
      const changed = await writeField(request, alice, 'avatar_url', address);
      if (stringAt(changed.json, ['errcode']) === 'M_FORBIDDEN')
        return notApplicable('Profilbilder legt die Verwaltung fest (enable_set_avatar_url).');
      premise(changed);
      const isChange = (event: unknown): boolean =>
        valueAt(event, ['type']) === 'm.room.member' &&
        valueAt(event, ['state_key']) === alice.userId &&
        valueAt(event, ['content', 'avatar_url']) === address;
      const told = await waitForSync(bob, {
        since,
        until: (json) => timelineOf(json, roomId).some(isChange),
        deadlineMs: spreadingMs,
      });
      const params = { roomId, eventType: 'm.room.member', stateKey: alice.userId };
      const member = await request('GET', memberTemplate, { params, session: bob });
      return outcomeOf(
        [
          ...expectThat(told.last, told.reached, {
            code: 'not-told',
            title: 'Andere Mitglieder erfahren nichts vom neuen Profilbild',
            expected: `eine Änderung der Mitgliedschaft binnen ${spreadingMs / 1000} s`,
            observed: 'keine',
          }),
          ...expectEqual(
            member,
            { wanted: address, got: valueAt(member.json, ['avatar_url']) },
            { code: 'membership-old', title: 'Die Mitgliedschaft im Raum zeigt das alte Profilbild' },
          ),
        ],
        'Neues Bild in der Mitgliedschaft und im Abgleich der anderen',
      );
    });
  },
});
