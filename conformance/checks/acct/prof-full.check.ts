import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { uploadPicture } from '../../lib/picture.ts';
import { premise } from '../../lib/premise.ts';
import { isHidden, profileTemplate, readField, restoringField, writeField } from '../../lib/profile.ts';
import { serverOf } from '../../lib/server-name.ts';

// The whole profile says the same as its single fields, leaves out what is not set, and exists for accounts only.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-full',
    title: 'Das vollständige Profil stimmt mit seinen Einzelangaben überein und enthält nichts Leeres',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3profileuserid'),
  },
  counterexamples: [
    {
      title: 'Eine Angabe ist leer statt weggelassen',
      defect: { when: { path: profileTemplate }, alter: setting(['m.tz'], null) },
      expectFinding: 'empty-member',
    },
    {
      title: 'Das Profil nennt ein anderes Bild als die Einzelangabe',
      defect: { when: { path: profileTemplate }, alter: setting(['avatar_url'], 'mxc://example.org/anders') },
      expectFinding: 'differs',
    },
    {
      title: 'Ein Konto, das es nicht gibt, hat ein Profil',
      defect: {
        when: { path: profileTemplate },
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: 'invented-profile',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const address = await uploadPicture(request, alice);
    return restoringField(request, alice, 'avatar_url', async () => {
      // Where pictures are fixed the profile is compared as it is.
      await writeField(request, alice, 'avatar_url', address);
      const whole = premise(await request('GET', profileTemplate, { params: { userId: alice.userId }, session: bob }));
      const single = await readField(request, bob, alice.userId, 'avatar_url');
      const unknown = `@pruefstand-${random.word(12)}:${serverOf(alice.userId)}`;
      const nobody = await request('GET', profileTemplate, { params: { userId: unknown }, session: bob });
      const members = Object.entries(objectAt(whole.json, []));
      const empty = members.filter(([, value]) => value === null).map(([key]) => key);
      return outcomeOf(
        [
          ...expectThat(whole, empty.length === 0, {
            code: 'empty-member',
            title: 'Das Profil enthält leere Angaben',
            expected: 'nur gesetzte Angaben',
            observed: `leer: ${empty.join(', ')}`,
          }),
          ...expectEqual(
            whole,
            { wanted: valueAt(single.json, ['avatar_url']), got: valueAt(whole.json, ['avatar_url']) },
            { code: 'differs', title: 'Das Profil nennt ein anderes Bild als die Einzelangabe' },
          ),
          ...expectThat(nobody, isHidden(nobody), {
            code: 'invented-profile',
            title: 'Ein Konto, das es nicht gibt, hat ein Profil',
            expected: 'Status 404, oder 403, um nichts zu verraten',
            observed: `Status ${nobody.status}`,
          }),
        ],
        `${members.length} Angaben, keine leer; unbekanntes Konto: ${nobody.status}`,
      );
    });
  },
});
