/**
 * What a check may need. The kind decides what its absence means:
 * a *feature* the target does not have makes the check not applicable;
 * an *access*, *permission* or *tool* we lack leaves the question open (inconclusive), because silence is never a pass.
 */
export const capabilities = {
  accounts: { kind: 'access', absent: 'Es stehen keine Prüfkonten zur Verfügung.' },
  passwordAccounts: { kind: 'access', absent: 'Es stehen keine Prüfkonten mit Kennwort zur Verfügung.' },
  disposableAccounts: {
    kind: 'access',
    absent: 'Es stehen keine Prüfkonten zur Verfügung, die eine Prüfung schließen oder sperren darf.',
  },
  passwordLogin: { kind: 'feature', absent: 'Die Anmeldung mit Kennwort wird nicht angeboten.' },
  admin: { kind: 'access', absent: 'Der Zugang zur Verwaltungsschnittstelle fehlt.' },
  database: { kind: 'access', absent: 'Der Zugriff auf die Datenbank fehlt.' },
  mediaStore: { kind: 'access', absent: 'Der Zugriff auf die gespeicherten Dateien des Servers fehlt.' },
  serverLog: { kind: 'access', absent: 'Der Zugriff auf die Protokolle des Servers fehlt.' },
  tls: { kind: 'feature', absent: 'Das Ziel ist nicht über TLS erreichbar.' },
  webClient: { kind: 'access', absent: 'Es ist kein Web-Client angegeben.' },
  chromium: { kind: 'tool', absent: 'Chromium ist nicht installiert.' },
  hydrogen: { kind: 'tool', absent: 'Der zweite Web-Client der Prüfung (Hydrogen) ist nicht gebaut.' },
  k6: { kind: 'tool', absent: 'Der Lastgenerator k6 ist nicht installiert.' },
  lab: {
    kind: 'feature',
    absent: 'Die Prüfung braucht eine Variante der Referenzinstallation; über ein Ziel im Betrieb sagt sie nichts.',
  },
  mayMutate: { kind: 'permission', absent: 'Das Ziel darf laut Zieldatei nicht verändert werden.' },
  mayStress: { kind: 'permission', absent: 'Lasttests sind laut Zieldatei nicht oder nicht in diesem Umfang erlaubt.' },
} as const satisfies Record<string, { kind: 'feature' | 'access' | 'permission' | 'tool'; absent: string }>;

export type Capability = keyof typeof capabilities;
