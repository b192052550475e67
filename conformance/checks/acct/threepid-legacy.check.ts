import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { claimAddress, mailTo, newAddress, openMailedLink } from '../../lib/mail-address.ts';
import { expectEqual, expectStatus, expectThat, shown } from '../../lib/match.ts';

const path = '/_matrix/client/v3/account/3pid';

// The older way to add an address, still part of the specification: it, too, takes proven addresses only.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3account3pid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.threepid-legacy',
    title: 'Auch der ältere Weg nimmt nur bestätigte Mailadressen auf',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3account3pid'),
    rows: ['threepid-list'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine unbestätigte Adresse wird aufgenommen',
      defect: { when: { method: 'POST', path }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'added-unproven',
    },
    {
      title: 'Die Ablehnung nennt einen anderen Grund',
      defect: { when: { method: 'POST', path }, alter: onlyNth(1, setting(['errcode'], 'M_UNKNOWN')) },
      expectFinding: 'other-reason',
    },
    {
      title: 'Die aufgenommene Adresse wird nicht genannt',
      defect: { when: { method: 'GET', path }, alter: setting(['threepids'], []) },
      expectFinding: 'not-listed',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const session = await user('legacy');
    const address = newAddress(tools);
    const claim = await claimAddress(tools, session, address);
    await mailTo(tools, address);
    const server = { id_server: 'localhost:1', id_access_token: random.word(20) };
    const body = { three_pid_creds: { ...server, sid: claim.sid, client_secret: claim.clientSecret } };
    const add = () => request('POST', path, { session, body });
    const unproven = await add();
    await openMailedLink(tools, address);
    const added = await add();
    const list = await request('GET', path, { session });
    const reason = stringAt(unproven.json, ['errcode']);
    return outcomeOf(
      [
        ...expectThat(unproven, unproven.status >= 400 && unproven.status < 500, {
          code: 'added-unproven',
          title: 'Eine unbestätigte Mailadresse wird aufgenommen',
          expected: 'eine Ablehnung',
          observed: `Status ${unproven.status}`,
        }),
        ...expectStatus(unproven, 403, {
          code: 'refusal-status',
          title: 'Eine unbestätigte Mailadresse wird mit anderem Status abgelehnt als vorgesehen',
        }),
        ...expectEqual(
          unproven,
          { wanted: 'M_THREEPID_AUTH_FAILED', got: reason },
          { code: 'other-reason', title: 'Eine unbestätigte Mailadresse wird mit falschem Fehler abgelehnt' },
        ),
        ...expectStatus(added, 200, { code: 'not-added', title: 'Eine bestätigte Mailadresse wird nicht aufgenommen' }),
        ...expectEqual(
          list,
          { wanted: [address], got: arrayAt(list.json, ['threepids']).map((entry) => stringAt(entry, ['address'])) },
          { code: 'not-listed', title: 'Die aufgenommene Mailadresse wird nicht genannt' },
        ),
      ],
      `Vor der Bestätigung abgelehnt (${shown(reason)}), danach aufgenommen und genannt`,
    );
  },
});
