import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { createIdentity, identityBody, identityPath as path, uploadIdentity } from '../../lib/cross-signing.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt } from '../../lib/json.ts';
import { queryKeys, queryPath } from '../../lib/key-requests.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

// Right after logging in a server may spare people the second prompt; the BundesMessenger allows 15 s (ui_auth.session_timeout).
const graceMs = 16_000;

// Whoever holds a stolen session must not be able to exchange the identity others trust.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-replace',
    title: 'Eine bestehende Cross-Signing-Identität lässt sich nur nach erneuter Eingabe des Kennworts ersetzen',
    requirements: ['KO-05', 'VE-07'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 90_000,
    spec: clause('post_matrixclientv3keysdevice_signingupload'),
    rows: ['xsign-upload'],
  },
  counterexamples: [
    {
      title: 'Die Identität wird ohne Kennwort ersetzt',
      defect: { when: { path }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'replaced-without-password',
    },
    {
      title: 'Auch mit Kennwort lässt sie sich nicht ersetzen',
      defect: { when: { path }, alter: onlyNth(3, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })) },
      expectFinding: 'right-password-refused',
    },
    {
      title: 'Weitergegeben wird noch die alte Identität',
      defect: {
        when: { path: queryPath },
        alter: (answer, seen) => {
          const [userId = ''] = Object.keys(objectAt(answer.json, ['master_keys']));
          return setting(['master_keys', userId, 'keys'], { 'ed25519:AAAA': 'AAAA' })(answer, seen);
        },
      },
      expectFinding: 'not-replaced',
    },
  ],
  async run(tools) {
    const { request, account, device, random } = tools;
    const owner = await account('identity', 'ordinary');
    const session = await device(owner);
    premise(await uploadIdentity(request, session, identityBody(createIdentity(session, random))));
    const renewed = createIdentity(session, random);
    await graceOver(tools, session);
    const asked = await uploadIdentity(request, session, identityBody(renewed));
    const early = askedFindings(asked);
    if (early.length > 0) return outcomeOf(early, '');
    const auth = {
      type: 'm.login.password',
      session: stringAt(asked.json, ['session']),
      identifier: { type: 'm.id.user', user: session.userId },
      password: owner.password,
    };
    const replaced = await uploadIdentity(request, session, { ...identityBody(renewed), auth });
    const query = premise(await queryKeys(request, session, { [session.userId]: [] }));
    const master = Object.values(objectAt(query.json, ['master_keys', session.userId, 'keys']));
    return outcomeOf(
      [
        ...expectStatus(replaced, 200, {
          code: 'right-password-refused',
          title: 'Mit dem richtigen Kennwort lässt sich die Identität nicht ersetzen',
        }),
        ...expectEqual(
          query,
          { wanted: [renewed.names.master], got: master },
          { code: 'not-replaced', title: 'Weitergegeben wird nicht die neue Identität' },
        ),
      ],
      'Ohne Kennwort 401, mit Kennwort ersetzt und weitergegeben',
    );
  },
});

/** Polls until the login is no longer fresh. */
async function graceOver({ now, waitForSync }: Tools, session: Session): Promise<void> {
  const endsAt = now() + graceMs;
  await waitForSync(session, { until: () => now() >= endsAt, deadlineMs: graceMs });
}

function askedFindings(answer: Answer): Findings {
  const stages = arrayAt(answer.json, ['flows']).flatMap((flow) => arrayAt(flow, ['stages']));
  return expectThat(answer, answer.status === 401 && stages.includes('m.login.password'), {
    code: 'replaced-without-password',
    title: 'Zum Ersetzen der Identität wird kein Kennwort verlangt',
    expected: 'Status 401 mit m.login.password als Nachweis',
    observed: `Status ${answer.status}, Nachweise: ${stages.join(', ') || 'keine'}`,
  });
}
