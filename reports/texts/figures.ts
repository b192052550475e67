import { numberText } from './wording.ts';

const labels: Readonly<Record<string, string>> = {
  users: 'Simulierte Personen',
  sent: 'Gesendete Nachrichten',
  expected: 'Erwartete Zustellungen',
  seen: 'Gesehene Zustellungen',
  lost: 'Verlorene Nachrichten',
  duplicated: 'Doppelte Nachrichten',
  outOfOrder: 'Nachrichten in falscher Reihenfolge',
  deliverySamples: 'Messwerte der Zustellzeit',
  deliveryP50Ms: 'Zustellzeit, Median',
  deliveryP95Ms: 'Zustellzeit, 95 von 100 schneller als',
  deliveryP99Ms: 'Zustellzeit, 99 von 100 schneller als',
  deliveryActualP95Ms: 'Zustellzeit ab tatsächlichem Senden, 95 von 100 schneller als',
  sendP95Ms: 'Annahme durch den Server, 95 von 100 schneller als',
  pollsPerSecond: 'Warteabfragen je Sekunde',
  kibPerUser: 'Speicher des Lastgenerators je Person',
  cpuCores: 'Rechenkerne des Lastgenerators',
  loopLagP99Ms: 'Verzug des Lastgenerators, 99 von 100 kleiner als',
  bundleBytes: 'Größe des Lastprogramms',
};

const units: readonly (readonly [suffix: string, unit: string])[] = [
  ['Ms', 'ms'],
  ['Bytes', 'Byte'],
  ['kibPerUser', 'KiB'],
  ['Share', ''],
];

/** A measured figure in words; an unknown key is shown as it is rather than left out. */
export function figureText(key: string, value: number): { readonly label: string; readonly value: string } {
  const unit = units.find(([suffix]) => key.endsWith(suffix))?.[1] ?? '';
  return { label: labels[key] ?? key, value: `${numberText(value)} ${unit}`.trim() };
}
