import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import {
  createIdentity,
  identityBody,
  identityPath as path,
  publishIdentity,
  uploadIdentity,
} from '../../lib/cross-signing.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { queryKeys, queryPath } from '../../lib/key-requests.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { graceOver, passwordAsked, passwordProof } from '../../lib/uia.ts';

// Whoever holds a stolen session must not be able to exchange the identity others trust.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-replace',
    title: 'Eine bestehende Cross-Signing-Identität lässt sich nur nach erneuter Eingabe des Kennworts ersetzen',
    requirements: ['KO-05', 'VE-07'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 90_000,
    waits: 'Nach einer Anmeldung kann der Server bis zu 15 s auf einen zweiten Nachweis verzichten.',
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
    premise(await publishIdentity(tools, session, identityBody(createIdentity(session, random))));
    const renewed = createIdentity(session, random);
    await graceOver(tools, session);
    const asked = await uploadIdentity(request, session, identityBody(renewed));
    const early = passwordAsked(asked, {
      code: 'replaced-without-password',
      title: 'Zum Ersetzen der Identität wird kein Kennwort verlangt',
    });
    if (early.length > 0) return outcomeOf(early, '');
    const proof = passwordProof(asked, owner, owner.password);
    const replaced = await uploadIdentity(request, session, { ...identityBody(renewed), ...proof });
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
