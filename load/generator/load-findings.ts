import type { Finding } from '../../core/model/finding.ts';
import type { Deliveries } from './account-deliveries.ts';
import { accountFindings, contractPrefix } from './account-findings.ts';
import { actionFindings } from './judge-actions.ts';
import type { LoadRun } from './load-run.ts';
import { samplesFor } from './percentile-samples.ts';

const sync = 'GET /_matrix/client/v3/sync';
const send = 'PUT /_matrix/client/v3/rooms/{roomId}/send/m.room.encrypted/{txnId}';

/** Every way in which the homeserver broke what the scenario asserts. */
export function loadFindings(run: LoadRun): Finding[] {
  return [
    ...deliveryFindings(run.deliveries),
    ...requestFindings(run),
    ...latencyFindings(run),
    ...accountFindings(run),
    ...actionFindings(run),
  ];
}

function deliveryFindings(deliveries: Deliveries): Finding[] {
  const { messages, planned, unconfirmed, lost, duplicated, outOfOrder, neverOnline } = deliveries;
  const each =
    'Jede Nachricht erreicht jedes Mitglied, das online ist, genau einmal und in der Reihenfolge des Sendens.';
  const findings: Finding[] = [];
  const add = (count: number, code: string, title: string, where: string, observed: string) => {
    if (count > 0) findings.push({ code, title, expected: each, observed, where });
  };
  add(
    neverOnline,
    'never-online',
    'Personen kamen nicht online',
    sync,
    `${neverOnline} Personen erhielten keine Antwort auf die erste Synchronisierung.`,
  );
  add(
    unconfirmed,
    'message-not-accepted',
    'Nachrichten wurden nicht angenommen',
    send,
    `${unconfirmed} von ${messages} Nachrichten wurden auch nach Wiederholung nicht bestätigt.`,
  );
  add(
    lost,
    'message-lost',
    'Nachrichten gingen verloren',
    sync,
    `${lost} von ${planned} Zustellungen blieben aus, obwohl der Server das Senden bestätigt hatte.${exampleOf(deliveries)}`,
  );
  add(
    duplicated,
    'message-duplicated',
    'Nachrichten kamen doppelt an',
    sync,
    `${duplicated} von ${planned} Zustellungen kamen mehr als einmal.`,
  );
  add(
    outOfOrder,
    'message-out-of-order',
    'Nachrichten kamen in falscher Reihenfolge an',
    sync,
    `${outOfOrder} von ${planned} Zustellungen kamen nach einer späteren Nachricht derselben Person.`,
  );
  return findings;
}

function exampleOf({ firstLost }: Deliveries): string {
  if (firstLost === undefined) return '';
  const { sender, recipient, room, sequence, atMs } = firstLost;
  return ` Beispiel: Person ${sender + 1} an Person ${recipient + 1} in Raum ${room + 1}, Nachricht ${sequence + 1}, ${(atMs / 1_000).toFixed(1)} s nach Messbeginn.`;
}

function requestFindings({ tally, scenario }: LoadRun): Finding[] {
  const errors = Object.entries(tally.errors).filter(([kind]) => !kind.startsWith(contractPrefix));
  const failed = errors.reduce((sum, [, count]) => sum + count, 0);
  const requests = tally.counters.requests ?? 0;
  if (failed === 0 || failed / requests <= scenario.levels.errorShare) return [];
  const kinds = errors.map(([kind, count]) => `${kind}: ${count}`);
  return [
    {
      code: 'requests-failed',
      title: 'Anfragen schlugen fehl',
      expected: `Höchstens ${percent(scenario.levels.errorShare)} der Anfragen schlagen fehl.`,
      observed: `${failed} von ${requests} Anfragen schlugen fehl (${percent(failed / requests)}): ${kinds.join(', ')}.`,
      where: '/_matrix/client/v3',
    },
  ];
}

const percent = (share: number) => `${(100 * share).toLocaleString('de', { maximumFractionDigits: 3 })} %`;

/** With too few samples a percentile accuses nobody; what was lost or refused counts at any number. */
function latencyFindings({ tally, scenario, scale }: LoadRun): Finding[] {
  if (tally.histograms.delivery.totalCount < scale.minimumSamples) return [];
  const { delivery, sendAnswer } = scenario.levels;
  const { histograms } = tally;
  const delivered = {
    code: 'delivery-slow',
    title: 'Nachrichten kommen zu spät an',
    what: 'Vom Absenden bis zum Eintreffen beim Empfänger',
    where: sync,
  };
  const answered = {
    code: 'send-slow',
    title: 'Das Senden wird zu spät bestätigt',
    what: 'Vom Absenden bis zur Bestätigung des Servers',
    where: send,
  };
  return [
    ...slow({ ...delivered, histogram: histograms.delivery, limits: delivery }),
    ...slow({ ...answered, histogram: histograms.send, limits: sendAnswer }),
  ];
}

interface SlowOptions {
  readonly code: string;
  readonly title: string;
  readonly what: string;
  readonly where: string;
  readonly histogram: { readonly totalCount: number; getValueAtPercentile(percentile: number): number };
  readonly limits: { readonly p95Ms: number; readonly p99Ms: number };
}

/** One finding per operation, about the first percentile that is over its limit. */
function slow({ code, title, what, where, histogram, limits }: SlowOptions): Finding[] {
  const over = ([95, 99] as const)
    .filter((percentile) => histogram.totalCount >= samplesFor(percentile))
    .map((percentile) => ({
      percentile,
      ms: histogram.getValueAtPercentile(percentile),
      limit: limits[`p${percentile}Ms`],
    }))
    .find(({ ms, limit }) => ms > limit);
  if (over === undefined) return [];
  const share = `${what} vergehen bei ${over.percentile} von 100 Nachrichten höchstens`;
  const observed = `${share} ${over.ms} ms (${histogram.totalCount} Messwerte, vom beabsichtigten Zeitpunkt an).`;
  return [{ code, title, expected: `${share} ${over.limit} ms.`, observed, where }];
}
