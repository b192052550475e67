import type { MeasuredRun, Percentiles } from '../measured-run.ts';
import type { KneeLevels, Levels } from './knee-levels.ts';

/** Key and German sentence of a limit that one run broke. */
export interface Breach {
  readonly code: string;
  readonly text: string;
}

/** Every limit one run broke. Refusals by rate limits are no breach: they are counted apart. */
export function breachesOf(run: MeasuredRun, levels: KneeLevels): readonly Breach[] {
  return [
    ...tooSlow('delivery', 'Zustellung', run.delivery, levels.delivery),
    ...tooSlow('send', 'Annahme', run.send, levels.send),
    ...tooSlow('initial-sync', 'Erster Abgleich', run.initialSync, levels.initialSync),
    ...failures(run, levels),
    ...wrongDeliveries(run),
    ...fallingBehind(run, levels),
  ];
}

function tooSlow(code: string, what: string, measured: Percentiles, limits: Levels): Breach[] {
  return (['p50Ms', 'p95Ms', 'p99Ms'] as const).flatMap((key) => {
    const [ms, limit] = [measured[key], limits[key]];
    if (ms === null || limit === undefined || ms <= limit) return [];
    const name = key.replace('Ms', '');
    return [{ code: `${code}-${name}`, text: `${what} ${name.toUpperCase()} ${Math.round(ms)} ms statt ${limit} ms` }];
  });
}

function failures({ requests, failedRequests }: MeasuredRun, { errorShare }: KneeLevels): Breach[] {
  if (failedRequests === 0 || failedRequests <= errorShare * requests) return [];
  return [{ code: 'errors', text: `${failedRequests} von ${requests} Anfragen schlugen fehl` }];
}

function wrongDeliveries({ lost, duplicated, outOfOrder, neverOnline }: MeasuredRun): Breach[] {
  const counts = [
    ['lost', lost, 'Zustellungen verloren'],
    ['duplicated', duplicated, 'Zustellungen doppelt'],
    ['out-of-order', outOfOrder, 'Zustellungen in falscher Reihenfolge'],
    ['never-online', neverOnline, 'Personen kamen nicht online'],
  ] as const;
  return counts.flatMap(([code, count, text]) => (count > 0 ? [{ code, text: `${count} ${text}` }] : []));
}

function fallingBehind(run: MeasuredRun, levels: KneeLevels): Breach[] {
  const { offered, delivered, backlogGrowth, resolution } = run;
  const breaches: Breach[] = [];
  if (offered - delivered > Math.max(resolution, (1 - levels.deliveredShare) * offered)) {
    const share = ((100 * delivered) / offered).toFixed(1).replace('.', ',');
    breaches.push({ code: 'behind', text: `nur ${share} % des Geplanten wurden in der Zeit zugestellt` });
  }
  if (backlogGrowth > Math.max(resolution, levels.backlogGrowthShare * offered)) {
    const growth = backlogGrowth.toFixed(1).replace('.', ',');
    breaches.push({ code: 'backlog', text: `der Rückstand wuchs um ${growth} Zustellungen je Sekunde` });
  }
  return breaches;
}
