import type { Evidence } from '../../core/model/evidence.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { PlannedCheck, RunStarted } from '../../core/model/journal-entry.ts';
import type { Measurements, Outcome } from '../../core/model/outcome.ts';
import { sequenceMediaType } from '../../core/model/sequence.ts';
import { hostileAccount, hostileEvidence, hostileFinding, hostileRule } from './golden-hostile.ts';

export interface GoldenCheck {
  readonly plan: PlannedCheck;
  /** In the order of attempts; empty when planned and never run. */
  readonly outcomes: readonly Outcome[];
  readonly evidence: readonly Evidence[];
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAKAAAABkAQMAAAA7eKnMAAAABlBMVEX19fgLT6iAh0fxAAAAKklEQVR42mP4jwUwjApiCv5hQAejgqOCo4KjgqOCQ1WQHaWU/zMqSJQgAJbVPiYSx9mbAAAAAElFTkSuQmCC',
  'base64',
);
const screenshot: Evidence = { name: 'Bildschirmfoto der Anmeldung', mediaType: 'image/png', content: png };
const recording: Evidence = {
  name: 'HTTP-Mitschnitt',
  mediaType: 'application/json',
  content: '[{"request":{"method":"GET","url":"https://hs1.example/_matrix/client/versions"}}]\n',
};

const sequence: Evidence = {
  name: 'Ablauf',
  mediaType: sequenceMediaType,
  content: `${JSON.stringify({
    participants: ['alice', 'Homeserver', 'bob (Telefon)'],
    steps: [
      { from: 'alice', to: 'Homeserver', text: 'An bob (1 Gerät): m.room.encrypted (Olm)', count: 1 },
      { from: 'Homeserver', to: 'bob (Telefon)', text: hostileFinding.title, count: 12 },
      { from: 'Homeserver', to: 'Homeserver', text: '… 3 weitere Schritte …', count: 1 },
    ],
    unshown: 41,
  })}\n`,
};

const oldProtocol: Finding = {
  code: 'old-protocol-accepted',
  title: 'Der Zugang nimmt TLS 1.1 an',
  expected: 'Nur TLS 1.2 und TLS 1.3',
  observed: 'TLS 1.1 mit ECDHE-RSA-AES128-SHA',
  where: 'hs1.example:443',
};

const contrast: Finding = {
  code: 'color-contrast',
  title: 'Die Beschriftung „Weiter“ hebt sich zu wenig vom Hintergrund ab',
  expected: 'Kontrast von mindestens 4,5 zu 1',
  observed: 'Kontrast von 2,9 zu 1',
  where: 'button.mx_Login_submit',
};

const measurements: Measurements = {
  figures: {
    users: 200,
    sent: 1840,
    seen: 9200,
    lost: 0,
    deliveryP50Ms: 41,
    deliveryP95Ms: 183.25,
    deliveryP99Ms: 412,
    kibPerUser: 71.5,
    newFigure: 3,
  },
  series: [
    {
      name: 'Zustellzeit, 95 von 100 schneller als',
      unit: 'ms',
      points: Array.from({ length: 13 }, (_, step) => [step * 5, 120 + ((step * 37) % 90)]),
    },
    {
      name: 'Verlorene Nachrichten',
      unit: 'Stück',
      points: [
        [0, 0],
        [60, 0],
      ],
    },
    { name: 'Wiederholungen', unit: 'je Sekunde', points: [] },
  ],
};

const planned = (
  id: string,
  title: string,
  requirements: readonly string[],
  more: Partial<PlannedCheck> = {},
): PlannedCheck => {
  const [family = '', area = ''] = id.split('.');
  return { id, family: family as PlannedCheck['family'], area, title, requirements, standing: 'normative', ...more };
};

const check = (
  plan: PlannedCheck,
  outcomes: readonly Outcome[] = [],
  evidence: readonly Evidence[] = [],
): GoldenCheck => ({ plan, outcomes, evidence });

/** Every outcome, every reason and every kind of evidence once, and what a hostile target would answer. */
export const goldenChecks: readonly GoldenCheck[] = [
  check(
    planned('accessibility.login.login-axe', 'Die Anmeldeseite hat keine Barrieren, die axe findet', ['BF-01'], {
      spec: 'EN 301 549, 9.1.4.3',
    }),
    [{ kind: 'failed', findings: [contrast] }],
    [screenshot],
  ),
  check(
    planned(
      'conformance.disc.versions',
      'Der Server nennt die Fassungen der Spezifikation, die er spricht',
      ['KO-01', 'VE-02'],
      { spec: 'https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions' },
    ),
    [{ kind: 'failed', findings: [hostileFinding] }],
    [recording, hostileEvidence],
  ),
  check(
    planned('conformance.pres.presence-off', 'Die Anwesenheit anderer lässt sich nicht abfragen', ['MB-01'], {
      standing: 'informative',
      spec: hostileRule,
    }),
    [{ kind: 'inconclusive', reason: 'Der Server antwortet mit 403, ohne den Grund zu nennen' }],
    [recording],
  ),
  check(
    planned('conformance.room.encryption-default', 'Ein neuer Raum ist von Anfang an verschlüsselt', ['VE-02']),
    [{ kind: 'passed', observed: 'm.room.encryption mit m.megolm.v1.aes-sha2' }],
    [recording],
  ),
  check(
    planned('encryption.canary.canary-search', 'Ein Kanarienwort steht in keiner Anfrage und in keiner Tabelle', [
      'VE-01',
    ]),
    [
      { kind: 'rigFault', code: 'targetUnreachable', message: 'Der Homeserver antwortete nicht.' },
      { kind: 'passed', observed: 'In 212 Anfragen und 14 031 Zeilen kommt das Wort nicht vor.' },
    ],
    [recording, sequence],
  ),
  check(planned('load.morning.morning-login', 'Nachrichten von 200 Personen kommen rechtzeitig an', ['LE-01']), [
    { kind: 'passed', observed: '95 von 100 Nachrichten waren nach 183 ms da.', measurements },
  ]),
  check(planned('load.morning.nothing-lost', 'Unter Last geht nichts verloren', ['LE-02']), [
    { kind: 'rigFault', code: 'generator', message: 'Der Lastgenerator kam mit dem Senden nicht nach.' },
  ]),
  check(planned('policy.admin.admin-paths', 'Am Zugang antwortet kein Pfad der Verwaltung', ['SI-02']), [
    { kind: 'passed', observed: '14 Pfade, jeder mit Status 404' },
  ]),
  check(
    planned('policy.fed.federation', 'Ein zweiter Homeserver wird erreicht', ['KO-02'], {
      decided: { kind: 'notApplicable', reason: 'Die Föderation ist abgeschaltet.' },
    }),
  ),
  check(planned('policy.notice.privacy-page', 'Die Datenschutzhinweise sind abrufbar', ['DS-01']), [
    { kind: 'notApplicable', reason: 'Der Client nennt keine Adresse' },
  ]),
  check(
    planned('policy.restore.restore', 'Eine Sicherung lässt sich zurückspielen', ['BE-01'], {
      decided: { kind: 'inconclusive', reason: 'Der Zugriff auf die Datenbank fehlt.' },
    }),
  ),
  check(
    planned('policy.tls.tls-versions', 'Alte Fassungen von TLS werden abgewiesen', ['SI-01'], { spec: 'RFC 8996' }),
    [{ kind: 'failed', findings: [oldProtocol] }],
    [recording],
  ),
  check(planned('policy.tls.tls-ciphers', 'Nur empfohlene Verfahren werden angenommen', ['SI-01'])),
];

export const goldenStart: RunStarted = {
  type: 'runStarted',
  runId: '2026-11-23T09-00-00Z-pilot-90ld3n',
  stage: 'pilot',
  depth: 'standard',
  seed: 20_261_123,
  suiteVersion: '0.1.0',
  target: {
    name: 'Referenzinstallation hs1',
    provider: 'process',
    serverName: 'hs1.example',
    homeserverUrl: 'https://hs1.example',
    clientUrl: 'https://hs1.example/client',
    adminUrl: 'http://127.0.0.1:8008',
    caCertificates: 'ca.pem',
    proxyUrl: 'http://proxy.example:3128',
    capabilities: ['accounts', 'chromium', 'k6', 'mayMutate', 'mayStress', 'tls', 'webClient'],
    permissions: {
      mayMutate: true,
      mayStressUsers: 200,
      mayStressMessagesPerSecond: 50,
      until: '2026-11-24T00:00:00+01:00',
      grantedBy: { name: 'Alice Beispiel', role: 'Leitung des IT-Betriebs', date: '2026-11-20' },
    },
    versions: { synapse: '1.163.2' },
    absentComponents: [
      {
        component: 'Anmeldedienst MAS',
        reason: 'Er ist in keinem Paketverzeichnis erhältlich.',
        consequence: 'Angemeldet wird mit Kennwort; Anforderungen an die zentrale Anmeldung bleiben offen.',
      },
      {
        component: 'Telefonie',
        reason: 'Kein Anrufdienst ist eingerichtet.',
        consequence: 'Anrufe sind nicht geprüft.',
      },
    ],
  },
  tools: { node: '24.21.0', synapse: '1.163.2', k6: '1.8.1', chromium: '156.0' },
};

export const goldenAccounts = [
  { userId: '@pruefstand-alice-1:hs1.example', kind: 'bench' },
  { userId: '@pruefstand-bob-2:hs1.example', kind: 'ordinary' },
  { userId: hostileAccount, kind: 'bench' },
];
