import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { startEndpoint } from '../lib/bad-endpoint.ts';
import { type Endpoint, endpointName } from '../lib/endpoint.ts';
import type { SecureVersion } from '../lib/handshake.ts';
import { type EndpointDefect, type PolicyTools, policyCheck } from '../lib/policy-check.ts';

const oldVersions = ['TLSv1', 'TLSv1.1'] as const;
const newVersions = ['TLSv1.2', 'TLSv1.3'] as const;

// Every public address speaks TLS 1.3, at most 1.2 beside it and nothing older.
// BSI TR-02102-2; that our side could have offered the old versions is proven first.
export const check = policyCheck({
  meta: {
    id: 'policy.transport.tls-versions',
    title: 'Öffentliche Zugänge sprechen TLS 1.3 und nichts Älteres als TLS 1.2',
    requirements: ['SI-01'],
    needs: ['tls'],
    timeoutMs: 60_000,
    spec: 'BSI TR-02102-2',
    rows: ['pol-tls'],
  },
  counterexamples: [
    {
      title: 'Ein Server, der noch TLS 1.1 annimmt',
      defect: endpointDefect('TLSv1.1', 'TLSv1.3'),
      expectFinding: 'old-protocol-accepted',
    },
    {
      title: 'Ein Server, der noch TLS 1.0 annimmt',
      defect: endpointDefect('TLSv1', 'TLSv1.3'),
      expectFinding: 'old-protocol-accepted',
    },
    {
      title: 'Ein Server, der TLS 1.3 nicht beherrscht',
      defect: endpointDefect('TLSv1.2', 'TLSv1.2'),
      expectFinding: 'tls13-missing',
    },
  ],
  async run(tools) {
    const { endpoints } = tools;
    if (endpoints.length === 0) return inconclusive('Das Ziel nennt keine Adresse mit TLS.');
    const unoffered = await versionsWeCannotOffer(tools);
    if (unoffered.length > 0) {
      return inconclusive(
        `Der Prüfstand selbst kann ${unoffered.join(' und ')} nicht anbieten; ob der Server das ablehnt, bleibt offen.`,
      );
    }
    const findings: Finding[] = [];
    for (const endpoint of endpoints) findings.push(...(await endpointFindings(tools, endpoint)));
    return outcomeOf(
      findings,
      `${endpoints.map(endpointName).join(', ')}: TLS 1.3 angeboten, TLS 1.0 und 1.1 abgelehnt`,
    );
  },
});

function endpointDefect(minVersion: SecureVersion, maxVersion: SecureVersion): EndpointDefect {
  return { kind: 'endpoint', start: () => startEndpoint({ minVersion, maxVersion }) };
}

/** Against a server of ours that accepts everything; otherwise a refusal could be our own. */
async function versionsWeCannotOffer({ handshake }: PolicyTools): Promise<readonly SecureVersion[]> {
  await using permissive = await startEndpoint({ minVersion: 'TLSv1', maxVersion: 'TLSv1.3' });
  const failed: SecureVersion[] = [];
  for (const version of [...oldVersions, ...newVersions]) {
    const { kind } = await handshake(permissive.endpoint, version);
    if (kind === 'refused') failed.push(version);
  }
  return failed;
}

async function endpointFindings({ handshake }: PolicyTools, endpoint: Endpoint): Promise<readonly Finding[]> {
  const where = endpointName(endpoint);
  const findings: Finding[] = [];
  for (const version of oldVersions) {
    const result = await handshake(endpoint, version);
    if (result.kind === 'refused') continue;
    findings.push({
      code: 'old-protocol-accepted',
      title: `Der Server nimmt das veraltete ${named(version)} an`,
      expected: `Ablehnung von ${named(version)}`,
      observed: `Handshake mit ${result.cipher}`,
      where: `${where} ${named(version)}`,
    });
  }
  const newest = await handshake(endpoint, 'TLSv1.3');
  if (newest.kind === 'accepted') return findings;
  return [
    ...findings,
    {
      code: 'tls13-missing',
      title: 'Der Server bietet TLS 1.3 nicht an',
      expected: 'ein Handshake mit TLS 1.3',
      observed: `Ablehnung (${newest.reason})`,
      where,
    },
  ];
}

const named = (version: SecureVersion): string => version.replace('TLSv1', 'TLS 1').replace(/^TLS 1$/, 'TLS 1.0');
