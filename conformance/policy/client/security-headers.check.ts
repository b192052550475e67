import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { withHeader } from '../../lib/defect.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { openScriptSources, parseContentSecurityPolicy, restrictsFraming } from '../lib/content-security-policy.ts';
import { policyCheck } from '../lib/policy-check.ts';

// The page of the web client tells browsers what may run in it, who may frame it and what it gives away.
// OWASP ASVS 5.0, V3; W3C Content Security Policy Level 3
export const check = policyCheck({
  meta: {
    id: 'policy.client.security-headers',
    title: 'Der Web-Client wird mit den Sicherheitsköpfen ausgeliefert, die fremden Code fernhalten',
    requirements: ['SI-05'],
    needs: ['webClient'],
    timeoutMs: 30_000,
    spec: 'OWASP ASVS 5.0, V3',
    rows: ['pol-headers'],
  },
  counterexamples: [
    {
      title: 'Es gibt keine Vorgabe für Skripte',
      defect: defect('content-security-policy', "frame-ancestors 'self'"),
      expectFinding: 'scripts-unrestricted',
    },
    {
      title: 'Eingebettete Skripte sind erlaubt',
      defect: defect('content-security-policy', "script-src 'self' 'unsafe-inline'; frame-ancestors 'self'"),
      expectFinding: 'scripts-open',
    },
    {
      title: 'Jede Seite darf den Web-Client einrahmen',
      defect: defect('content-security-policy', "script-src 'self'"),
      expectFinding: 'framing',
    },
    {
      title: 'Browser dürfen Inhaltstypen raten',
      defect: defect('x-content-type-options', undefined),
      expectFinding: 'nosniff',
    },
    {
      title: 'Die volle Adresse wird weitergegeben',
      defect: defect('referrer-policy', 'unsafe-url'),
      expectFinding: 'referrer',
    },
    {
      title: 'Kamera und Mikrofon sind nicht geregelt',
      defect: defect('permissions-policy', undefined),
      expectFinding: 'permissions',
    },
  ],
  async run({ request, target }) {
    if (target.clientUrl === undefined) return inconclusive('Es ist kein Web-Client angegeben.');
    const page = premise(await request('GET', '/', { baseUrl: target.clientUrl }));
    return outcomeOf([...policyFindings(page), ...otherFindings(page)], 'Alle fünf Vorgaben sind gesetzt und wirksam');
  },
});

function defect(name: string, value: string | undefined) {
  return { when: { path: '/' }, alter: withHeader(name, value) };
}

function policyFindings(page: Answer): Findings {
  const header = page.headers['content-security-policy'] ?? '';
  const policy = parseContentSecurityPolicy(header);
  const open = openScriptSources(policy);
  return [
    ...expectThat(page, open !== undefined, {
      code: 'scripts-unrestricted',
      title: 'Der Web-Client schränkt nicht ein, welche Skripte laufen',
      expected: 'Content-Security-Policy mit script-src oder default-src',
      observed: header || 'kein solcher Kopf',
    }),
    ...expectThat(page, open === undefined || open.length === 0, {
      code: 'scripts-open',
      title: 'Der Web-Client lässt fremde oder eingebettete Skripte zu',
      expected: 'nur benannte Quellen für Skripte',
      observed: (open ?? []).join(' '),
    }),
    ...expectThat(page, restrictsFraming(policy), {
      code: 'framing',
      title: 'Fremde Seiten dürfen den Web-Client einrahmen',
      expected: 'frame-ancestors mit benannten Quellen',
      observed: (policy.get('frame-ancestors') ?? ['nicht gesetzt']).join(' '),
    }),
  ];
}

const discreetReferrers = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin', 'origin'];

function otherFindings({ headers, ...page }: Answer): Findings {
  const answer = { headers, ...page };
  const referrer = headers['referrer-policy'];
  return [
    ...expectThat(answer, headers['x-content-type-options'] === 'nosniff', {
      code: 'nosniff',
      title: 'Browser dürfen den Inhaltstyp erraten',
      expected: 'X-Content-Type-Options: nosniff',
      observed: headers['x-content-type-options'] ?? 'kein solcher Kopf',
    }),
    ...expectThat(answer, referrer !== undefined && discreetReferrers.includes(referrer), {
      code: 'referrer',
      title: 'Der Web-Client gibt seine volle Adresse an andere Server weiter',
      expected: `Referrer-Policy: ${discreetReferrers.join(', ')}`,
      observed: referrer ?? 'kein solcher Kopf',
    }),
    ...expectThat(answer, (headers['permissions-policy'] ?? '') !== '', {
      code: 'permissions',
      title: 'Zugriffe auf Kamera, Mikrofon und Standort sind nicht geregelt',
      expected: 'eine Permissions-Policy',
      observed: 'kein solcher Kopf',
    }),
  ];
}
