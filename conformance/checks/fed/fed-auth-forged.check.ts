import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { closedReason, isClosed, serverKeyPath } from '../../lib/federation.ts';
import { objectAt } from '../../lib/json.ts';
import { expectStatus } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';

const path = '/_matrix/federation/v1/publicRooms';

// No homeserver is believed to be who it says without its signature.
// https://spec.matrix.org/v1.19/server-server-api/#request-authentication
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-auth-forged',
    title: 'Anfragen anderer Homeserver ohne gültige Signatur weist der Server ab',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 60_000,
    spec: serverClause('request-authentication'),
    rows: ['fed-auth'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine Anfrage ohne Signatur wird beantwortet',
      defect: { when: { path }, alter: onlyNth(1, answering(200, { chunk: [] })) },
      expectFinding: 'unsigned-answered',
    },
    {
      title: 'Eine gefälschte Signatur genügt',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { chunk: [] })) },
      expectFinding: 'forged-answered',
    },
    {
      title: 'Ein Zugangsschlüssel einer Person gilt auch hier',
      defect: { when: { path }, alter: onlyNth(3, answering(200, { chunk: [] })) },
      expectFinding: 'other-scheme-answered',
    },
  ],
  async run({ request, random, target: { serverName } }) {
    const keys = await request('GET', serverKeyPath);
    if (isClosed(keys)) return notApplicable(closedReason);
    const [key = 'ed25519:a'] = Object.keys(objectAt(keys.json, ['verify_keys']));
    // The length of an Ed25519 signature, so that nothing but its value is wrong.
    const sig = Buffer.from(Uint8Array.from({ length: 64 }, () => random.below(256)))
      .toString('base64')
      .slice(0, 86);
    const signed = `X-Matrix origin="${serverName}",destination="${serverName}",key="${key}",sig="${sig}"`;
    const ask = (authorization?: string) =>
      request('GET', path, authorization === undefined ? {} : { headers: { authorization } });
    const unsigned = await ask();
    const forged = await ask(signed);
    const otherScheme = await ask(`Bearer pruefstand_${random.word(40)}`);
    return outcomeOf(
      [
        ...expectStatus(unsigned, 401, {
          code: 'unsigned-answered',
          title: 'Eine Anfrage ohne Signatur wird nicht als solche abgewiesen',
        }),
        ...expectStatus(forged, 401, {
          code: 'forged-answered',
          title: 'Eine Anfrage mit gefälschter Signatur wird nicht als solche abgewiesen',
        }),
        ...expectStatus(otherScheme, 401, {
          code: 'other-scheme-answered',
          title: 'Eine Anfrage mit dem Zugangsschlüssel einer Person statt einer Signatur wird nicht abgewiesen',
        }),
      ],
      'Ohne Signatur, gefälscht und mit Zugangsschlüssel: jeweils 401',
    );
  },
});
