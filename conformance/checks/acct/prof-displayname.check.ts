import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { fieldTemplate, foreignFindings, readField, restoringField, writeField } from '../../lib/profile.ts';

const path = '/_matrix/client/v3/profile/{userId}/displayname';

// A person chooses the own name, colleagues see it, and nobody chooses the name of others.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-displayname',
    title: 'Der Anzeigename lässt sich setzen, andere sehen ihn, und niemand ändert den Namen anderer',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('put_matrixclientv3profileuseridkeyname'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Andere sehen den neuen Namen nicht',
      defect: { when: { method: 'GET', path }, alter: setting(['displayname'], 'Alter Name') },
      expectFinding: 'name-not-seen',
    },
    {
      title: 'Der Name einer anderen Person lässt sich ändern',
      defect: {
        when: { method: 'PUT', path },
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: 'foreign-change',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const name = `Pruefstand ${random.word(8)}`;
    return restoringField(request, alice, 'displayname', async () => {
      const changed = await writeField(request, alice, 'displayname', name);
      if (stringAt(changed.json, ['errcode']) === 'M_FORBIDDEN') {
        return notApplicable('Anzeigenamen legt die Verwaltung fest (enable_set_displayname).');
      }
      const seen = await readField(request, bob, alice.userId, 'displayname');
      const params = { userId: alice.userId, keyName: 'displayname' };
      const foreign = await request('PUT', fieldTemplate, { params, session: bob, body: { displayname: 'Fremd' } });
      return outcomeOf(
        [
          ...expectEqual(
            seen,
            { wanted: name, got: valueAt(seen.json, ['displayname']) },
            { code: 'name-not-seen', title: 'Andere sehen den gesetzten Anzeigenamen nicht' },
          ),
          ...foreignFindings(foreign, 'der Anzeigename'),
        ],
        'Eigener Name gesetzt und für andere sichtbar, fremder Name: 403',
      );
    });
  },
});
