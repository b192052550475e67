import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { PremiseError } from '../../lib/premise.ts';
import { type EndpointTraits, startEndpoint } from '../lib/bad-endpoint.ts';
import { type Endpoint, endpointName } from '../lib/endpoint.ts';
import type { AcceptedHandshake } from '../lib/handshake.ts';
import { type EndpointDefect, type PolicyTools, policyCheck } from '../lib/policy-check.ts';

// Every public address shows a valid certificate for its name whose chain ends at an authority that is trusted.
// BSI TR-02102-2
export const check = policyCheck({
  meta: {
    id: 'policy.transport.certificate',
    title: 'Zertifikate sind gültig, vollständig verkettet und auf den richtigen Namen ausgestellt',
    requirements: ['SI-03'],
    needs: ['tls'],
    timeoutMs: 60_000,
    spec: 'BSI TR-02102-2',
    rows: ['pol-tls'],
  },
  counterexamples: [
    { title: 'Der Aussteller ist unbekannt', defect: endpointDefect({ trusted: false }), expectFinding: 'untrusted' },
    {
      title: 'Das Zertifikat gilt für einen anderen Namen',
      defect: endpointDefect({ names: ['anderswo.example'] }),
      expectFinding: 'wrong-name',
    },
    { title: 'Das Zertifikat ist abgelaufen', defect: endpointDefect({ validDays: -1 }), expectFinding: 'expired' },
  ],
  async run(tools) {
    const { endpoints } = tools;
    if (endpoints.length === 0) return inconclusive('Das Ziel nennt keine Adresse mit TLS.');
    const findings: Finding[] = [];
    const observed: string[] = [];
    for (const endpoint of endpoints) {
      const shown = await certificateAt(tools, endpoint);
      findings.push(...certificateFindings(endpoint, shown));
      observed.push(`${endpointName(endpoint)} bis ${shown.validUntil.slice(0, 10)}`);
    }
    return outcomeOf(findings, `Gültig, verkettet und auf den Namen ausgestellt: ${observed.join(', ')}`);
  },
});

function endpointDefect(traits: Partial<EndpointTraits>): EndpointDefect {
  return { kind: 'endpoint', start: () => startEndpoint({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', ...traits }) };
}

async function certificateAt({ handshake }: PolicyTools, endpoint: Endpoint): Promise<AcceptedHandshake> {
  for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
    const result = await handshake(endpoint, version);
    if (result.kind === 'accepted') return result;
  }
  throw new PremiseError(
    `${endpointName(endpoint)} nimmt weder TLS 1.3 noch TLS 1.2 an; das Zertifikat ist nicht zu sehen.`,
  );
}

const codes: Readonly<Record<string, Pick<Finding, 'code' | 'title'>>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: { code: 'wrong-name', title: 'Das Zertifikat gilt nicht für diesen Namen' },
  CERT_HAS_EXPIRED: { code: 'expired', title: 'Das Zertifikat ist abgelaufen' },
  CERT_NOT_YET_VALID: { code: 'not-yet-valid', title: 'Das Zertifikat gilt noch nicht' },
};

const untrusted = { code: 'untrusted', title: 'Dem Zertifikat wird nicht vertraut, oder die Kette ist unvollständig' };

function certificateFindings(
  endpoint: Endpoint,
  { distrust, names, validUntil }: AcceptedHandshake,
): readonly Finding[] {
  if (distrust === undefined) return [];
  return [
    {
      ...(codes[distrust] ?? untrusted),
      expected: `ein gültiges Zertifikat für ${endpoint.host} mit vollständiger Kette`,
      observed: `${distrust}; Namen: ${names}; gültig bis ${validUntil}`,
      where: endpointName(endpoint),
    },
  ];
}
