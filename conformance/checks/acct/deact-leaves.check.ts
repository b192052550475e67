import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { deactivate } from '../../lib/deactivation.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectThat, shown } from '../../lib/match.ts';
import { uploadPicture } from '../../lib/picture.ts';
import { premise } from '../../lib/premise.ts';
import { isHidden, profileTemplate, writeField } from '../../lib/profile.ts';

const memberTemplate = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';

/** Leaving happens after the answer, room by room. */
const partingMs = 15_000;

// Colleagues see that somebody left; name and picture are gone.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.deact-leaves',
    title: 'Ein mit Löschwunsch geschlossenes Konto verlässt seine Räume und verliert sein Profil',
    requirements: ['DS-15', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'disposableAccounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountdeactivate'),
  },
  counterexamples: [
    {
      title: 'Das Konto bleibt Mitglied seiner Räume',
      defect: { when: { path: memberTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'still-member',
    },
    {
      title: 'Das Profil zeigt weiter Name und Bild',
      defect: {
        when: { path: profileTemplate },
        alter: answering(200, { displayname: 'Alice', avatar_url: 'mxc://example.org/bild' }),
      },
      expectFinding: 'profile-left',
    },
  ],
  async run({ request, user, account, device, room, join, poll }) {
    const host = await user('host');
    const owner = await account('leave', 'ordinary');
    const session = await device(owner);
    const roomId = await room(host);
    await join(roomId, host, session);
    const { userId } = owner;
    premise(await writeField(request, session, 'avatar_url', await uploadPicture(request, session)));
    premise(await deactivate(request, { owner, session, erase: true }));
    const params = { roomId, eventType: 'm.room.member', stateKey: userId };
    const member = await poll({
      ask: () => request('GET', memberTemplate, { params, session: host }),
      until: ({ json }) => stringAt(json, ['membership']) === 'leave',
      deadlineMs: partingMs,
    });
    const profile = await request('GET', profileTemplate, { params: { userId }, session: host });
    const told = [valueAt(profile.json, ['displayname']), valueAt(profile.json, ['avatar_url'])];
    const isEmpty = isHidden(profile) || (profile.status === 200 && told.every((value) => (value ?? '') === ''));
    return outcomeOf(
      [
        ...expectThat(member, stringAt(member.json, ['membership']) === 'leave', {
          code: 'still-member',
          title: 'Ein geschlossenes Konto bleibt Mitglied seiner Räume',
          expected: 'membership leave',
          observed: shown(valueAt(member.json, ['membership'])),
        }),
        ...expectThat(profile, isEmpty, {
          code: 'profile-left',
          title: 'Das Profil eines mit Löschwunsch geschlossenen Kontos ist noch da',
          expected: 'Status 404 oder ein leeres Profil',
          observed: `Status ${profile.status}, ${told.filter((value) => (value ?? '') !== '').length} Angaben`,
        }),
      ],
      `Raum verlassen, Profil: Status ${profile.status}`,
    );
  },
});
