import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/devices/{deviceId}';

// A new name of a session is kept; a session that does not exist has no name to change.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3devicesdeviceid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-update',
    title: 'Der Name einer Sitzung lässt sich ändern und bleibt erhalten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3devicesdeviceid'),
  },
  counterexamples: [
    {
      title: 'Der neue Name geht verloren',
      defect: { when: { method: 'GET', path }, alter: setting(['display_name'], 'Pruefstand') },
      expectFinding: 'name-lost',
    },
    {
      title: 'Ein unbekanntes Gerät lässt sich umbenennen',
      defect: { when: { method: 'PUT', path }, alter: answering(200, {}) },
      expectFinding: 'unknown-device-renamed',
    },
  ],
  async run({ request, user, random }) {
    const session = await user('rename');
    const params = { deviceId: session.deviceId };
    const name = `Pruefstand ${random.word(8)}`;
    const changed = await request('PUT', path, { params, session, body: { display_name: name } });
    const device = premise(await request('GET', path, { params, session }));
    const unknown = await request('PUT', path, {
      params: { deviceId: 'UNBEKANNT' },
      session,
      body: { display_name: name },
    });
    return outcomeOf(
      [
        ...expectStatus(changed, 200, { code: 'status', title: 'Die Sitzung lässt sich nicht umbenennen' }),
        ...expectEqual(
          device,
          { wanted: name, got: valueAt(device.json, ['display_name']) },
          {
            code: 'name-lost',
            title: 'Der neue Name der Sitzung bleibt nicht erhalten',
          },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          {
            code: 'unknown-device-renamed',
            title: 'Ein unbekanntes Gerät wird beim Umbenennen nicht als solches gemeldet',
          },
        ),
      ],
      'Neuer Name erhalten, ein unbekanntes Gerät ergibt 404',
    );
  },
});
