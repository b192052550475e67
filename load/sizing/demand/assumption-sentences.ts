import type { SizingConditions } from '../../../core/model/sizing.ts';
import type { KneeLevels, Levels } from '../search/knee-levels.ts';
import type { DemandAssumptions } from './first-order.ts';

/** German sentences on what the table takes for granted; whoever knows better figures puts them in place. */
export function assumptionSentences(assumptions: DemandAssumptions, conditions: SizingConditions): readonly string[] {
  const { profile, morning, mediaShare, meanMediaBytes, databaseBytesPerMessage } = assumptions;
  const { messagesPerDay, busyHourShare } = assumptions;
  return [
    `Über alle Stufen gemittelt sind in der Hauptstunde ${percent(assumptions.onlineShare)} der Konten online, mit ${decimal(assumptions.devicesPerPerson)} Geräten (Annahme).`,
    `An einem Tag schreiben ${percent(assumptions.dailyShare)} der Konten, je ${decimal(messagesPerDay)} Nachrichten, davon ${percent(busyHourShare)} in der Hauptstunde (Profil ${profile}); in ihrer dichtesten Minute das ${decimal(assumptions.burst)}-Fache (Annahme).`,
    `Jedes Gerät hält eine Warteabfrage von ${assumptions.pollTimeoutS} s offen (sync v2; mit Simplified Sliding Sync zwei).`,
    `Morgens kommt die Hälfte in ${morning.windowS / 60} Minuten online (Annahme).`,
    `Was eine Nachricht kostet, ist in Räumen mit bis zu ${conditions.largestRoom} Mitgliedern gemessen; größere Räume kosten mehr. Die Nachrichten haben Form und Größe verschlüsselter, niemand kann sie entschlüsseln.`,
    `${percent(mediaShare)} der Nachrichten tragen eine Datei von im Mittel ${decimal(meanMediaBytes / 1e6)} MB; jede Nachricht hinterlässt ${decimal(databaseBytesPerMessage / 1_000)} KB in der Datenbank (Annahmen).`,
    'Ein Worker braucht bei 40 Ereignissen je Sekunde ein Viertel seines Kerns, um mitzuhören (Element, Januar 2025); wie sich die Arbeit auf Arten von Workern verteilt und was ein erster Abgleich kostet (0,1 Kernsekunden), ist Annahme. Je ein Sync- und Client-Worker steht als Reserve bereit.',
    'Arbeitsspeicher von PostgreSQL: bis 10.000 Konten nach Elements veröffentlichten Größen (ESS LTS 23.10), darüber mindestens ein Monat Zuwachs (Annahme).',
  ];
}

/** German sentence on when a step counts as carried. */
export function levelSentence({ delivery, send, initialSync, errorShare, deliveredShare }: KneeLevels): string {
  const limits = [
    ['Zustellung', delivery],
    ['Annahme', send],
    ['erster Abgleich', initialSync],
  ] as const;
  const times = limits.map(([what, levels]) => `${what} ${levelsText(levels)}`).join('; ');
  return `Getragen ist eine Stufe, wenn in den meisten Läufen alles hielt: ${times}; höchstens ${percent(errorShare, 3)} gescheiterte Anfragen, mindestens ${percent(deliveredShare)} in der Zeit zugestellt, kein wachsender Rückstand, nichts verloren, doppelt oder in falscher Reihenfolge (Annahmen, bis ein Vertrag anderes sagt).`;
}

const levelsText = (levels: Levels) =>
  Object.entries(levels)
    .map(([key, ms]) => `${key.replace('Ms', '').toUpperCase()} ${decimal(ms)} ms`)
    .join(', ');

const decimal = (value: number) => value.toLocaleString('de-DE', { maximumFractionDigits: 2 });
const percent = (share: number, digits = 2) =>
  `${(100 * share).toLocaleString('de-DE', { maximumFractionDigits: digits })} %`;
