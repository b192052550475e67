import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { objectAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/admin/whois/{userId}';

// From where somebody uses the messenger is for themselves and the administration to know.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3adminwhoisuserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.whois',
    title: 'Von wo ein Konto benutzt wird, erfährt niemand außer der Person selbst und der Verwaltung',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3adminwhoisuserid'),
  },
  counterexamples: [
    {
      title: 'Eine Kollegin bekommt die Auskunft',
      defect: {
        when: { path },
        alter: onlyNth(2, answering(200, { user_id: '@alice:example.org', devices: {} })),
      },
      expectFinding: 'told-to-colleague',
    },
    {
      title: 'Die Auskunft betrifft ein anderes Konto',
      defect: { when: { path }, alter: onlyNth(1, setting(['user_id'], '@fremd:example.org')) },
      expectFinding: 'other-account',
    },
    {
      title: 'Die Auskunft nennt keine Verbindung',
      defect: { when: { path }, alter: onlyNth(1, setting(['devices'], {})) },
      expectFinding: 'no-connection',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const bob = await user('bob');
    premise(await request('GET', '/_matrix/client/v3/account/whoami', { session: alice }));
    const params = { userId: alice.userId };
    const own = await request('GET', path, { params, session: alice });
    const foreign = await request('GET', path, { params, session: bob });
    const devices = Object.keys(objectAt(own.json, ['devices']));
    // The specification lets a server keep the answer to the administration alone.
    const isKept = own.status === 403;
    return outcomeOf(
      [
        ...(isKept
          ? []
          : [
              ...expectEqual(
                own,
                { wanted: alice.userId, got: stringAt(own.json, ['user_id']) },
                { code: 'other-account', title: 'Die Auskunft betrifft ein anderes Konto' },
              ),
              ...expectThat(own, devices.length > 0, {
                code: 'no-connection',
                title: 'Die Auskunft nennt keine Verbindung',
                expected: 'mindestens das benutzte Gerät',
                observed: 'kein Gerät',
              }),
            ]),
        ...expectError(
          foreign,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'told-to-colleague', title: 'Die Auskunft bekommt auch, wer sie nicht bekommen darf' },
        ),
      ],
      isKept ? 'Nur für die Verwaltung (403)' : `Eigene Auskunft mit ${devices.length} Geräten, fremde 403`,
    );
  },
});
