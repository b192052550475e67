import { expect, test } from 'vitest';
import { goodRun, slowRun } from '../measured-run.fixture.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { breachesOf } from './breaches.ts';
import { defaultKneeLevels } from './knee-levels.ts';

const codes = (own: Partial<MeasuredRun>) => breachesOf(goodRun(100, own), defaultKneeLevels).map(({ code }) => code);

test('a run in which all went well breaks nothing', () => {
  expect(codes({})).toEqual([]);
});

test('each percentile over its limit is told', () => {
  expect(breachesOf(slowRun(10), defaultKneeLevels).map(({ code }) => code)).toEqual([
    'delivery-p50',
    'delivery-p95',
    'delivery-p99',
  ]);
});

test.each<[string, Partial<MeasuredRun>]>([
  ['errors', { failedRequests: 3 }],
  ['lost', { lost: 1 }],
  ['duplicated', { duplicated: 1 }],
  ['out-of-order', { outOfOrder: 1 }],
  ['never-online', { neverOnline: 1 }],
  ['behind', { offered: 100, delivered: 97 }],
  ['backlog', { offered: 100, delivered: 100, backlogGrowth: 3 }],
])('%s is a breach', (code, own) => {
  expect(codes(own)).toEqual([code]);
});

test('two failed requests of ten thousand are allowed, and refusals by a rate limit are no failure', () => {
  expect(codes({ failedRequests: 2, throttledRequests: 500 })).toEqual([]);
});

test('a percentile without enough samples accuses nobody', () => {
  expect(codes({ delivery: { samples: 3, p50Ms: null, p95Ms: null, p99Ms: null } })).toEqual([]);
});

test('one message in flight at the end is no backlog', () => {
  expect(codes({ offered: 10, delivered: 9.6, backlogGrowth: 0.4 })).toEqual([]);
});
