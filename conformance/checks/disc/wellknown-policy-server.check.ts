import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { isServedByName } from '../../lib/server-name.ts';

const path = '/.well-known/matrix/policy_server';

// A policy server publishes the key by which its decisions are known; everybody else says that there is none.
// https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixpolicy_server
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.wellknown-policy-server',
    title: 'Ein Richtlinienserver veröffentlicht seinen Schlüssel, ein anderer Server meldet, dass er keiner ist',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('getwell-knownmatrixpolicy_server'),
  },
  counterexamples: [
    {
      title: 'Das Dokument enthält keinen Schlüssel',
      defect: { when: { path }, alter: answering(200, { public_keys: {} }) },
      expectFinding: 'no-key',
    },
    {
      title: 'Der Schlüssel ist zu kurz',
      defect: { when: { path }, alter: answering(200, { public_keys: { ed25519: 'AAAA' } }) },
      expectFinding: 'no-key',
    },
    {
      title: 'Der Abruf wird verboten statt beantwortet',
      defect: { when: { path }, alter: withStatus(403) },
      expectFinding: 'neither-there-nor-absent',
    },
  ],
  async run({ request, target }) {
    premise(await request('GET', '/_matrix/client/versions'));
    const answer = await request('GET', path);
    if (answer.status === 404 && !isServedByName(target)) {
      return inconclusive(
        `Das Dokument gehört unter https://${target.serverName}; die Zieldatei nennt diese Adresse nicht.`,
      );
    }
    const key = stringAt(answer.json, ['public_keys', 'ed25519']);
    return outcomeOf(
      [
        ...expectThat(answer, answer.status === 200 || answer.status === 404, {
          code: 'neither-there-nor-absent',
          title: 'Der Schlüssel des Richtlinienservers ist weder da noch als fehlend gemeldet',
          expected: 'Status 200 oder 404',
          observed: `Status ${answer.status}`,
        }),
        ...expectThat(answer, answer.status !== 200 || isPublicKey(key), {
          code: 'no-key',
          title: 'Der Richtlinienserver veröffentlicht keinen brauchbaren Schlüssel',
          expected: 'ein Ed25519-Schlüssel in Base64 ohne Füllzeichen',
          observed: key ?? 'keiner',
        }),
      ],
      answer.status === 404 ? 'Kein Richtlinienserver (404)' : 'Ein Schlüssel ist veröffentlicht',
    );
  },
});

const isPublicKey = (key: string | undefined): boolean => /^[A-Za-z0-9+/]{43}$/.test(key ?? '');
