import { outcomeOf } from '../../../core/model/outcome.ts';
import { withHeader } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { policyCheck } from '../lib/policy-check.ts';

const paths = ['/_matrix/client/versions', '/.well-known/matrix/client', '/_matrix/client/v3/login'];
/** Six months: the least that browsers' lists and common guidance ask for. */
const leastSeconds = 15_768_000;

// Browsers that have been here once never ask over plain HTTP again.
// RFC 6797, section 6.1.1
export const check = policyCheck({
  meta: {
    id: 'policy.transport.hsts',
    title: 'Der Server verpflichtet Browser dauerhaft auf HTTPS',
    requirements: ['SI-04'],
    needs: ['tls'],
    timeoutMs: 30_000,
    spec: 'https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1',
    rows: ['pol-tls'],
  },
  counterexamples: [
    {
      title: 'Der Kopf fehlt',
      defect: { when: { path: /./ }, alter: withHeader('strict-transport-security', undefined) },
      expectFinding: 'hsts-missing',
    },
    {
      title: 'Die Verpflichtung gilt nur einen Tag',
      defect: { when: { path: /versions/ }, alter: withHeader('strict-transport-security', 'max-age=86400') },
      expectFinding: 'hsts-too-short',
    },
  ],
  async run({ request }) {
    const findings = [];
    for (const path of paths) {
      const answer = await request('GET', path);
      const header = answer.headers['strict-transport-security'];
      const seconds = Number(/(?:^|;)\s*max-age="?(\d+)/i.exec(header ?? '')?.[1] ?? Number.NaN);
      const isThere = !Number.isNaN(seconds);
      findings.push(
        ...expectThat(answer, isThere, {
          code: 'hsts-missing',
          title: 'Der Server verpflichtet Browser nicht auf HTTPS',
          expected: 'Strict-Transport-Security mit max-age',
          observed: header ?? 'kein solcher Kopf',
        }),
        ...expectThat(answer, !isThere || seconds >= leastSeconds, {
          code: 'hsts-too-short',
          title: 'Die Verpflichtung auf HTTPS gilt zu kurz',
          expected: `max-age von mindestens ${leastSeconds} Sekunden`,
          observed: `${seconds} Sekunden`,
        }),
      );
    }
    return outcomeOf(findings, `Strict-Transport-Security auf ${paths.length} Adressen, mindestens sechs Monate`);
  },
});
