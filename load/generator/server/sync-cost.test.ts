import { expect, test } from 'vitest';
import { metricsFrom } from './metrics-text.ts';
import { homeserverSample, type ServerSample } from './server-sample.ts';
import { syncCostFigures } from './sync-cost.ts';

const servlet = (name: string, seconds: number, answers: number) => `
synapse_http_server_response_ru_utime_seconds_total{method="GET",servlet="${name}",tag=""} ${seconds * 0.75}
synapse_http_server_response_ru_stime_seconds_total{method="GET",servlet="${name}",tag=""} ${seconds * 0.25}
synapse_http_server_response_count_total{method="GET",servlet="${name}",tag=""} ${answers}`;

function sampleAt(atMs: number, v2: [number, number], sliding: [number, number]): ServerSample {
  const text = `process_cpu_seconds_total 9${servlet('SyncRestServlet', ...v2)}${servlet('SlidingSyncRestServlet', ...sliding)}\n`;
  const homeserver = homeserverSample(metricsFrom(text));
  return { atMs, ...(homeserver && { homeserver }) };
}

test('a thousand idle devices cost their polls, those with sliding sync two each', () => {
  const arriving = sampleAt(-5_000, [0, 0], [0, 0]);
  const samples = [
    arriving,
    sampleAt(0, [1, 100], [5, 100]),
    { atMs: 5_000 },
    sampleAt(60_000, [1.6, 300], [6.8, 400]),
  ];
  expect(syncCostFigures(samples, true)).toEqual({
    syncV2CpuMsPerPoll: 3,
    syncV2CoresPerThousandDevices: 0.1,
    syncSlidingCpuMsPerPoll: 6,
    syncSlidingCoresPerThousandDevices: 0.4,
  });
});

test('with messages a poll is no idle one, and a kind nobody asked for has no cost', () => {
  expect(syncCostFigures([sampleAt(0, [1, 100], [0, 0]), sampleAt(60_000, [2, 200], [0, 0])], false)).toEqual({
    syncV2CpuMsPerPoll: 10,
  });
});

test('a homeserver that tells nothing has no figures', () => {
  expect(syncCostFigures([{ atMs: 0 }], true)).toEqual({});
  expect(syncCostFigures([], true)).toEqual({});
});
