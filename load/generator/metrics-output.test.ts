import { expect, test } from 'vitest';
import { metricsArguments, metricsEnvironment, metricsOutputFrom } from './metrics-output.ts';

test('without a wish k6 writes its metrics nowhere', () => {
  expect([metricsArguments(undefined, 1), metricsEnvironment(undefined)]).toEqual([[], {}]);
});

test('settings of the environment are passed on, nothing else of it is', () => {
  const environment = { PATH: '/bin', K6_PROMETHEUS_RW_USERNAME: 'alice', K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s' };
  const output = metricsOutputFrom('http://127.0.0.1:9090/api/v1/write', environment);
  expect(metricsEnvironment(output)).toEqual({
    K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM: 'true',
    K6_PROMETHEUS_RW_USERNAME: 'alice',
    K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
    K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:9090/api/v1/write',
  });
  expect(metricsArguments(output, 2)).toEqual(['--out=experimental-prometheus-rw', '--tag=process=2']);
});

test.each(['', 'prometheus', 'file:///tmp/x'])('%j is no address of a receiver', (url) => {
  expect(() => metricsOutputFrom(url, {})).toThrow('--prometheus takes the address of a remote write receiver');
});
