import { expect, test } from 'vitest';
import { metricsFrom, sumOf } from './metrics-text.ts';
import { homeserverSample } from './server-sample.ts';
import { serverSeries, serverShares, serverUse } from './server-use.ts';

const text = (cpu: number, responses: number) => `# HELP process_cpu_seconds_total Total user and system CPU time
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total ${cpu}
process_resident_memory_bytes 1.048576e+08
synapse_http_server_response_count_total{method="GET",servlet="SyncRestServlet",tag=""} ${responses}
synapse_http_server_response_count_total{method="PUT",servlet="RoomSendEventRestServlet",tag=""} 10.0
`;

function sampleAt(atMs: number, cpu: number, responses: number, commits: number) {
  const homeserver = homeserverSample(metricsFrom(text(cpu, responses)));
  const database = {
    commits,
    rollbacks: 0,
    blocksRead: commits,
    blocksHit: 9 * commits,
    connections: 10,
    maxConnections: 100,
  };
  return { atMs, ...(homeserver && { homeserver }), database };
}

const samples = [
  sampleAt(-3_000, 1, 50, 0),
  sampleAt(0, 2, 100, 100),
  sampleAt(5_000, 6, 600, 600),
  sampleAt(65_000, 9, 900, 900),
];

test('values of all labels are added up; what is no metric is left out', () => {
  expect(sumOf(metricsFrom(text(2, 100)), 'synapse_http_server_response_count_total')).toBe(110);
  expect(sumOf(metricsFrom('<html>'), 'up')).toBeUndefined();
  expect(homeserverSample(metricsFrom('nothing'))).toBeUndefined();
});

test('use is what was added between two samples, of the measured time only', () => {
  expect(serverUse(samples, 60)).toEqual([
    {
      atS: 2.5,
      homeserverCpu: 0.8,
      homeserverResidentKib: 102_400,
      responsesPerSecond: 100,
      persistedEventsPerSecond: 0,
      transactionShare: 0,
      commitsPerSecond: 100,
      cacheHitShare: 0.9,
      connectionShare: 0.1,
    },
  ]);
});

test('shares tell what gives way first, curves when', () => {
  const uses = serverUse(samples, 60);
  expect(serverShares(uses)).toEqual({ homeserverCpuShare: 0.8, databaseConnectionShare: 0.1 });
  expect(serverSeries(uses, 15).map(({ name, points }) => [name, points])).toContainEqual([
    'Synapse: Rechenkerne',
    [[17.5, 0.8]],
  ]);
});

test('a server that tells nothing has no shares and no curves', () => {
  const uses = serverUse([{ atMs: 0 }, { atMs: 5_000 }], 60);
  expect([serverShares(uses), serverSeries(uses, 15)]).toEqual([{}, []]);
});
