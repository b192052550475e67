import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { fieldTemplate, foreignFindings, readField, writeField } from '../../lib/profile.ts';

const longestKey = 255;
const largestProfile = 65_536;

// An app may keep further fields in the profile; they are seen, removed and limited like the rest.
// https://spec.matrix.org/v1.19/client-server-api/#profiles
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-custom',
    title: 'Weitere Angaben im Profil lassen sich setzen und löschen und sind in der Größe begrenzt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('profiles'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Andere sehen die Angabe nicht',
      defect: {
        when: { method: 'GET', path: fieldTemplate },
        alter: onlyNth(1, setting(['de.pruefstand.probe'], 'x')),
      },
      expectFinding: 'field-lost',
    },
    {
      title: 'Die gelöschte Angabe bleibt sichtbar',
      defect: {
        when: { method: 'GET', path: fieldTemplate },
        alter: onlyNth(2, answering(200, { 'de.pruefstand.probe': 'x' })),
      },
      expectFinding: 'field-left',
    },
    {
      title: 'Ein überlanger Name wird angenommen',
      defect: { when: { method: 'PUT', path: fieldTemplate }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'key-too-long',
    },
    {
      title: 'Ein zu großes Profil wird angenommen',
      defect: { when: { method: 'PUT', path: fieldTemplate }, alter: onlyNth(3, answering(200, {})) },
      expectFinding: 'profile-too-large',
    },
    {
      title: 'Die Angabe einer anderen Person lässt sich löschen',
      defect: { when: { method: 'DELETE', path: fieldTemplate }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'foreign-change',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const keyName = 'de.pruefstand.probe';
    const value = random.word(16);
    const set = await writeField(request, alice, keyName, value);
    if (set.status !== 200 && !(await offersFields())) {
      return notApplicable('Weitere Angaben im Profil bietet der Server nicht an (ab Fassung 1.16).');
    }
    const seen = await readField(request, bob, alice.userId, keyName);
    const params = { userId: alice.userId, keyName };
    const removed = await request('DELETE', fieldTemplate, { params, session: alice });
    const gone = await readField(request, bob, alice.userId, keyName);
    const longKey = await writeField(request, alice, `de.${'x'.repeat(longestKey)}`, value);
    const large = await writeField(request, alice, keyName, 'x'.repeat(largestProfile));
    const foreign = await request('DELETE', fieldTemplate, { params, session: bob });
    return outcomeOf(
      [
        ...expectStatus(set, 200, { code: 'status', title: 'Eine weitere Angabe lässt sich nicht setzen' }),
        ...expectEqual(
          seen,
          { wanted: value, got: valueAt(seen.json, [keyName]) },
          { code: 'field-lost', title: 'Andere sehen eine weitere Angabe im Profil nicht' },
        ),
        ...expectStatus(removed, 200, { code: 'not-removed', title: 'Eine weitere Angabe lässt sich nicht löschen' }),
        ...expectError(
          gone,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'field-left', title: 'Eine gelöschte Angabe ist weiter im Profil' },
        ),
        ...expectError(
          longKey,
          { status: 400, errcode: 'M_KEY_TOO_LARGE' },
          { code: 'key-too-long', title: 'Ein Name über 255 Byte wird nicht abgelehnt' },
        ),
        ...expectError(
          large,
          { status: 400, errcode: 'M_PROFILE_TOO_LARGE' },
          { code: 'profile-too-large', title: 'Ein Profil über 64 KiB wird nicht abgelehnt' },
        ),
        ...foreignFindings(foreign, 'eine weitere Angabe'),
      ],
      'Angabe gesetzt, gesehen und gelöscht; überlanger Name, zu großes Profil und fremdes Profil abgelehnt',
    );

    async function offersFields(): Promise<boolean> {
      const { json } = premise(await request('GET', '/_matrix/client/versions'));
      const capabilities = await request('GET', '/_matrix/client/v3/capabilities', { session: alice });
      const enabled = valueAt(capabilities.json, ['capabilities', 'm.profile_fields', 'enabled']);
      return (enabled ?? arrayAt(json, ['versions']).includes('v1.16')) ? enabled !== false : false;
    }
  },
});
