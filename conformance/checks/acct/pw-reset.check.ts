import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { linkIn, mailTo, withAddress } from '../../lib/mail-address.ts';
import { expectError, expectStatus, expectThat, shown } from '../../lib/match.ts';
import { passwordFrom } from '../../lib/password-from.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';
import { expectProofRefused } from '../../lib/uia.ts';

const tokenPath = '/_matrix/client/v3/account/password/email/requestToken';
const passwordPath = '/_matrix/client/v3/account/password';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// Who forgot the password sets another one by a mail to the address of the account: not before the mail was answered, by the
// rules for passwords, and the old sessions end. https://spec.matrix.org/v1.19/client-server-api/#password-management
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.pw-reset',
    title:
      'Ein vergessenes Kennwort lässt sich nur über die bestätigte Mailadresse und nach der Kennwortregel ersetzen',
    requirements: ['SI-09', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('password-management'),
    rows: ['pw-policy'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Kennwort wird ersetzt, bevor die Mail beantwortet ist',
      defect: { when: { method: 'POST', path: passwordPath }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'unproven',
    },
    {
      title: 'Ein zu einfaches Kennwort wird angenommen',
      defect: { when: { method: 'POST', path: passwordPath }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'weak',
    },
    {
      title: 'Das neue Kennwort gilt nicht',
      defect: { when: { method: 'POST', path: loginPath }, alter: onlyNth(1, withStatus(403)) },
      expectFinding: 'new-refused',
    },
    {
      title: 'Die alte Sitzung läuft weiter',
      defect: { when: { path: whoamiPath }, alter: answering(200, { user_id: '@altered:example.org' }) },
      expectFinding: 'session-left',
    },
  ],
  async run(tools) {
    const { request, account, device, random } = tools;
    const owner = await account('reset', 'ordinary');
    const session = await device(owner);
    const address = await withAddress(tools, { session, password: owner.password });
    const secret = random.word(20);
    const asked = { client_secret: secret, email: address, send_attempt: 1 };
    const sid = premiseString(await request('POST', tokenPath, { body: asked }), ['sid']);
    const threepid_creds = { sid, client_secret: secret };
    const replace = (new_password: string) =>
      request('POST', passwordPath, {
        body: { new_password, auth: { type: 'm.login.email.identity', threepid_creds } },
      });
    const password = passwordFrom(random);
    const unproven = await replace(password);
    await confirmed(tools, address);
    const weak = await replace('einfach');
    const replaced = await replace(password);
    const withNew = await passwordLogin(request, owner.userId, password);
    const withOld = await passwordLogin(request, owner.userId, owner.password);
    const old = await request('GET', whoamiPath, { session });
    return outcomeOf(
      [
        ...expectProofRefused(unproven, {
          code: 'unproven',
          title: 'Das Kennwort lässt sich ersetzen, bevor die Mail beantwortet ist',
        }),
        ...expectThat(weak, weak.status === 400 && /^M_(WEAK_)?PASSWORD/.test(stringAt(weak.json, ['errcode']) ?? ''), {
          code: 'weak',
          title: 'Beim Zurücksetzen gilt die Kennwortregel nicht',
          expected: 'Status 400 mit M_WEAK_PASSWORD oder einem genaueren Code (M_PASSWORD_…)',
          observed: `Status ${weak.status}, errcode ${shown(stringAt(weak.json, ['errcode']))}`,
        }),
        ...expectStatus(replaced, 200, { code: 'not-replaced', title: 'Das Kennwort lässt sich nicht ersetzen' }),
        ...expectStatus(withNew, 200, { code: 'new-refused', title: 'Das neue Kennwort gilt nicht' }),
        ...expectError(
          withOld,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'old-accepted', title: 'Das alte Kennwort gilt nach dem Zurücksetzen weiter' },
        ),
        ...expectError(
          old,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'session-left', title: 'Nach dem Zurücksetzen läuft die alte Sitzung weiter' },
        ),
      ],
      'Erst nach Antwort auf die Mail und nach der Kennwortregel ersetzt; altes Kennwort und alte Sitzung gelten nicht mehr',
    );
  },
});

/** Opens the link of the second mail and presses the button of the page it leads to. */
async function confirmed(tools: Tools, address: string): Promise<void> {
  const { pathname, searchParams } = new URL(linkIn(await mailTo(tools, address, 1)));
  const query = Object.fromEntries(searchParams);
  premise(await tools.request('GET', pathname, { query }));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  premise(await tools.request('POST', pathname, { body: searchParams.toString(), headers }));
}
