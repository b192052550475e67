import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { graceOver, passwordAsked, passwordProof } from '../../lib/uia.ts';

const path = '/_matrix/client/v3/delete_devices';
const listPath = '/_matrix/client/v3/devices';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// Whoever clears up proves once who they are, and all chosen sessions are over.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3delete_devices
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-delete-bulk',
    title: 'Mehrere Sitzungen lassen sich mit einer einzigen Kennworteingabe beenden',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    waits: 'Nach einer Anmeldung kann der Server bis zu 15 s auf einen zweiten Nachweis verzichten.',
    spec: clause('post_matrixclientv3delete_devices'),
  },
  counterexamples: [
    {
      title: 'Die Geräte werden ohne Kennwort gelöscht',
      defect: { when: { path }, alter: answering(200, {}) },
      expectFinding: 'deleted-without-password',
    },
    {
      title: 'Nach dem richtigen Kennwort wird noch einmal gefragt',
      defect: { when: { path }, alter: onlyNth(2, answering(401, { session: 'x', flows: [] })) },
      expectFinding: 'asked-again',
    },
    {
      title: 'Ein gelöschtes Gerät bleibt angemeldet',
      defect: { when: { path: whoamiPath }, alter: answering(200, { user_id: '@alice:example.org' }) },
      expectFinding: 'session-still-valid',
    },
    {
      title: 'Auch das eigene Gerät verschwindet',
      defect: { when: { path: listPath }, alter: setting(['devices'], []) },
      expectFinding: 'list-wrong',
    },
  ],
  async run(tools) {
    const { request, account, device, poll } = tools;
    const owner = await account('bulk', 'ordinary');
    const staying = await device(owner, 'Pruefstand bleibt');
    const leaving = [await device(owner, 'Pruefstand geht'), await device(owner, 'Pruefstand geht auch')];
    const devices = leaving.map(({ deviceId }) => deviceId);
    await graceOver(tools, staying);
    const remove = (proof: Readonly<Record<string, unknown>> = {}) =>
      request('POST', path, { session: staying, body: { devices, ...proof } });
    const asked = await remove();
    const early = passwordAsked(asked, {
      code: 'deleted-without-password',
      title: 'Zum Beenden mehrerer Sitzungen wird kein Kennwort verlangt',
    });
    if (early.length > 0) return outcomeOf(early, '');
    const removed = await remove(passwordProof(asked, owner, owner.password));
    const findings = [];
    for (const session of leaving) {
      const whoami = await poll({
        ask: () => request('GET', whoamiPath, { session }),
        until: ({ status }) => status === 401,
        deadlineMs: settlingMs,
      });
      findings.push(
        ...expectError(
          whoami,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'session-still-valid', title: 'Der Zugangsschlüssel einer beendeten Sitzung gilt weiter' },
        ),
      );
    }
    const list = premise(await request('GET', listPath, { session: staying }));
    const ids = arrayAt(list.json, ['devices']).map((item) => stringAt(item, ['device_id']));
    return outcomeOf(
      [
        ...expectStatus(removed, 200, {
          code: 'asked-again',
          title: 'Mit dem richtigen Kennwort werden die Sitzungen nicht in einem Zug beendet',
        }),
        ...findings,
        ...expectThat(list, ids.includes(staying.deviceId) && !devices.some((id) => ids.includes(id)), {
          code: 'list-wrong',
          title: 'Die Geräteliste stimmt nach dem Beenden nicht',
          expected: 'das eigene Gerät und keines der beendeten',
          observed: `${ids.length} Geräte`,
        }),
      ],
      'Eine Kennworteingabe, beide Geräte entfernt, das eigene bleibt',
    );
  },
});
