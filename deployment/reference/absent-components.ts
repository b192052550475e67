import type { AbsentComponent } from '../../core/model/target.ts';

const notPublished = 'Das Abbild ist nur in der Registratur von openCode zu haben und steht hier nicht zur Verfügung.';

/** What the BundesMessenger's chart installs (version 2.1.0) and the reference deployment does not have. */
export const absentComponents: readonly AbsentComponent[] = [
  {
    component: 'Anmeldedienst (Matrix Authentication Service)',
    reason: notPublished,
    consequence:
      'Die Anmeldung geschieht mit Kennwort am Homeserver. Aussagen über die Anmeldung über OpenID Connect, deren Kennwortregel und deren Sitzungen gelten nicht für den Wirkbetrieb.',
  },
  {
    component: 'Web-Client des BundesMessengers',
    reason: notPublished,
    consequence: 'Geprüft wird die Oberfläche von Element, von der der Web-Client abgeleitet ist.',
  },
  {
    component: 'Anrufe und Besprechungen (Element Call, LiveKit)',
    reason: 'Der Medienserver ist nicht Teil des Charts und wird nicht betrieben.',
    consequence: 'Anforderungen an Anrufe bleiben offen.',
  },
  {
    component: 'Schadcodeprüfung (Content Scanner, ClamAV)',
    reason: notPublished,
    consequence:
      'Dateien werden nicht auf Schadcode geprüft; die Weitergabe von Dateischlüsseln an den Scanner entfällt.',
  },
  {
    component: 'Push-Dienst (Sygnal)',
    reason: 'Zugänge zu den Push-Diensten von Apple und Google vergibt nur die BWI.',
    consequence: 'Es werden keine Push-Nachrichten an Mobilgeräte zugestellt.',
  },
  {
    component: 'Administrationsportal',
    reason: notPublished,
    consequence: 'Verwaltet wird über die Schnittstelle von Synapse am inneren Anschluss.',
  },
  {
    component: 'ConfigHub (Wartungshinweise, Kartenstil, Nachweis der Echtheit)',
    reason: notPublished,
    consequence: 'Die Adressen unter /_matrix/cmaintenance, /_matrix/cconfig und /_bum antworten mit 404.',
  },
  {
    component: 'DSGVO-Export',
    reason: 'Im Chart abgeschaltet und nicht zu haben.',
    consequence: 'Die Auskunft je Person lässt sich hier nicht prüfen.',
  },
];

/** Differences in kind rather than missing parts, named beside them. */
export const alteredComponents = {
  passwordHashing: {
    component: 'Kennwort-Hashverfahren in voller Stärke',
    reason: 'Mit 2⁴ statt 2¹² Runden lassen sich viele Wegwerfkonten in kurzer Zeit anlegen.',
    consequence: 'Aussagen über die Stärke gespeicherter Kennwörter sind hier nicht möglich.',
  },
  edge: {
    component: 'Netzkante (nginx)',
    reason: 'nginx ist auf diesem Rechner nicht installiert.',
    consequence:
      'Kein TLS, keine Sicherheitskopfzeilen; die Verwaltungspfade sind am öffentlichen Anschluss nicht gesperrt.',
  },
  postgres: {
    component: 'PostgreSQL',
    reason: 'Die Programme des Datenbankservers sind auf diesem Rechner nicht installiert.',
    consequence: 'Gespeichert wird in SQLite; Leistungswerte sind mit dem Wirkbetrieb nicht vergleichbar.',
  },
  workers: {
    component: 'Worker und Redis',
    reason: 'Das Referenzsystem läuft in der einfachen Ausprägung mit einem Prozess.',
    consequence: 'Lastwerte gelten für einen einzelnen Prozess von Synapse.',
  },
} as const satisfies Record<string, AbsentComponent>;
