import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';
import { expectProofRefused, graceOver, passwordAsked, passwordProof } from '../../lib/uia.ts';

const path = '/_matrix/client/v3/devices/{deviceId}';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// Another session is ended only by who proves again to be the owner; then it is over at once.
// https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3devicesdeviceid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-delete-uia',
    title: 'Eine andere Sitzung lässt sich nur nach erneuter Eingabe des Kennworts beenden und endet dann sofort',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    waits: 'Nach einer Anmeldung kann der Server bis zu 15 s auf einen zweiten Nachweis verzichten.',
    spec: clause('delete_matrixclientv3devicesdeviceid'),
  },
  counterexamples: [
    {
      title: 'Das Gerät wird ohne Kennwort gelöscht',
      defect: { when: { method: 'DELETE', path }, alter: answering(200, {}) },
      expectFinding: 'deleted-without-password',
    },
    {
      title: 'Als Nachweis wird kein Kennwort verlangt',
      defect: { when: { method: 'DELETE', path }, alter: setting(['flows'], [{ stages: ['m.login.dummy'] }]) },
      expectFinding: 'deleted-without-password',
    },
    {
      title: 'Der Zugangsschlüssel der beendeten Sitzung gilt weiter',
      defect: { when: { path: whoamiPath }, alter: answering(200, { user_id: '@alice:example.org' }) },
      expectFinding: 'session-still-valid',
    },
  ],
  async run(tools) {
    const { request, account, device } = tools;
    const owner = await account('delete', 'ordinary');
    const staying = await device(owner, 'Pruefstand bleibt');
    const leaving = await device(owner, 'Pruefstand geht');
    const params = { deviceId: leaving.deviceId };
    await graceOver(tools, staying);
    const asked = await request('DELETE', path, { params, session: staying, body: {} });
    const early = passwordAsked(asked, {
      code: 'deleted-without-password',
      title: 'Zum Beenden einer anderen Sitzung wird kein Kennwort verlangt',
    });
    if (early.length > 0) return outcomeOf(early, '');
    const wrong = await request('DELETE', path, {
      params,
      session: staying,
      body: passwordProof(asked, staying, 'Falsch-123!'),
    });
    const deleted = await request('DELETE', path, {
      params,
      session: staying,
      body: passwordProof(wrong, staying, owner.password),
    });
    return outcomeOf(
      [
        ...expectProofRefused(wrong, {
          code: 'wrong-password-accepted',
          title: 'Ein falsches Kennwort wird angenommen',
        }),
        ...expectStatus(deleted, 200, {
          code: 'right-password-refused',
          title: 'Das richtige Kennwort wird nicht angenommen',
        }),
        ...(await endedFindings(tools, leaving, staying)),
      ],
      'Ohne und mit falschem Kennwort 401, mit richtigem 200; Zugangsschlüssel sofort ungültig, Gerät entfernt',
    );
  },
});

async function endedFindings({ request, poll }: Tools, leaving: Session, staying: Session): Promise<Findings> {
  const whoami = await poll({
    ask: () => request('GET', whoamiPath, { session: leaving }),
    until: ({ status }) => status === 401,
    deadlineMs: settlingMs,
  });
  const list = premise(await request('GET', '/_matrix/client/v3/devices', { session: staying }));
  const ids = arrayAt(list.json, ['devices']).map((item) => stringAt(item, ['device_id']));
  return [
    ...expectError(
      whoami,
      { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
      {
        code: 'session-still-valid',
        title: 'Der Zugangsschlüssel der beendeten Sitzung gilt weiter',
      },
    ),
    ...expectThat(list, ids.includes(staying.deviceId) && !ids.includes(leaving.deviceId), {
      code: 'device-still-listed',
      title: 'Das gelöschte Gerät steht weiter in der Geräteliste',
      expected: 'nur noch das verbliebene Gerät',
      observed: `${ids.length} Geräte`,
    }),
  ];
}
