import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { uploadPicture } from '../../lib/picture.ts';
import { fieldTemplate, foreignFindings, readField, restoringField, writeField } from '../../lib/profile.ts';

const path = '/_matrix/client/v3/profile/{userId}/avatar_url';

// A person chooses the own picture, colleagues see it, and nobody chooses the picture of others.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-avatar',
    title: 'Das Profilbild lässt sich setzen, andere sehen es, und niemand ändert das Bild anderer',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('put_matrixclientv3profileuseridkeyname'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Andere sehen das neue Bild nicht',
      defect: { when: { method: 'GET', path }, alter: setting(['avatar_url'], 'mxc://example.org/alt') },
      expectFinding: 'picture-not-seen',
    },
    {
      title: 'Das Bild einer anderen Person lässt sich ändern',
      defect: {
        when: { method: 'PUT', path },
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: 'foreign-change',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const address = await uploadPicture(request, alice);
    return restoringField(request, alice, 'avatar_url', async () => {
      const changed = await writeField(request, alice, 'avatar_url', address);
      if (stringAt(changed.json, ['errcode']) === 'M_FORBIDDEN')
        return notApplicable('Profilbilder legt die Verwaltung fest (enable_set_avatar_url).');
      const seen = await readField(request, bob, alice.userId, 'avatar_url');
      const params = { userId: alice.userId, keyName: 'avatar_url' };
      const foreign = await request('PUT', fieldTemplate, { params, session: bob, body: { avatar_url: address } });
      return outcomeOf(
        [
          ...expectEqual(
            seen,
            { wanted: address, got: valueAt(seen.json, ['avatar_url']) },
            { code: 'picture-not-seen', title: 'Andere sehen das gesetzte Profilbild nicht' },
          ),
          ...foreignFindings(foreign, 'das Bild'),
        ],
        'Eigenes Bild gesetzt und für andere sichtbar, fremdes Bild: 403',
      );
    });
  },
});
