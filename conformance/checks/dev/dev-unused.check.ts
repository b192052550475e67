import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/devices/{deviceId}';
const listPath = '/_matrix/client/v3/devices';

// A session that was opened and never used is listed too: it may be the one somebody else opened.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-unused',
    title: 'Auch eine noch nie benutzte Sitzung steht in der Geräteliste',
    requirements: ['SI-13', 'KO-05'],
    // An account whose only token was given has no second device.
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3devices'),
  },
  counterexamples: [
    {
      title: 'Die unbenutzte Sitzung fehlt in der Liste',
      defect: { when: { path: listPath }, alter: setting(['devices'], []) },
      expectFinding: 'unused-missing',
    },
    {
      title: 'Die Einzelauskunft nennt das Gerät nicht',
      defect: { when: { path }, alter: removing(['device_id']) },
      expectFinding: 'unused-unknown',
    },
  ],
  async run({ request, account, device }) {
    const owner = await account('unused', 'ordinary');
    const session = await device(owner, 'Pruefstand');
    const unused = await device(owner, 'Pruefstand unbenutzt');
    const list = premise(await request('GET', listPath, { session }));
    const single = premise(await request('GET', path, { params: { deviceId: unused.deviceId }, session }));
    const ids = arrayAt(list.json, ['devices']).map((item) => valueAt(item, ['device_id']));
    return outcomeOf(
      [
        ...expectThat(list, ids.includes(unused.deviceId), {
          code: 'unused-missing',
          title: 'Eine noch nie benutzte Sitzung fehlt in der Geräteliste',
          expected: 'beide Geräte',
          observed: `${ids.length} Geräte`,
        }),
        ...expectEqual(
          single,
          { wanted: unused.deviceId, got: valueAt(single.json, ['device_id']) },
          { code: 'unused-unknown', title: 'Die Auskunft über eine noch nie benutzte Sitzung nennt sie nicht' },
        ),
      ],
      'Die unbenutzte Sitzung steht in der Liste und ist einzeln abrufbar',
    );
  },
});
