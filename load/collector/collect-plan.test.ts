import { expect, test } from 'vitest';
import { planLoad } from '../generator/plan-load.ts';
import { type CollectPlan, parseCollectPlan, scheduleFor, scheduleSha256 } from './collect-plan.ts';

const scenario = { rooms: [{ name: 'team', members: 4, messageShare: 1 }], profile: 'V2' } as const;
const scale = { users: 8, rampS: 1, durationS: 10, drainS: 1, compression: 500, minimumSamples: 10 };
const plan: CollectPlan = {
  ...{ suiteVersion: '0.1.0', scenario: 'office-day', scale, seed: '1/load.office-day', runners: 2, usersPerVu: 2 },
  ...{ bundleBytes: 9_000, scheduleSha256: scheduleSha256(planLoad(scenario, scale, '1/load.office-day')) },
};

test('a plan reads back as it was written, and leads to the schedule it was made for', () => {
  expect(parseCollectPlan(JSON.stringify(plan), 'plan.json', '0.1.0')).toEqual(plan);
  expect(scheduleFor(plan, scenario)).toEqual(planLoad(scenario, scale, plan.seed));
});

test.each([
  ['{', /plan\.json is no plan for the collector, it is no JSON object/],
  ['null', /it is no JSON object/],
  [JSON.stringify({ ...plan, runners: '2' }), /its key runners is no number/],
  [JSON.stringify({ ...plan, scale: null }), /its key scale is no object/],
  [JSON.stringify({ ...plan, suiteVersion: '0.0.9' }), /written by version 0\.0\.9, this is 0\.1\.0/],
])('%.30s… is refused in one line', (text, message) => {
  expect(() => parseCollectPlan(text, 'plan.json', '0.1.0')).toThrow(message);
});

test('a suite that would play something else says so', () => {
  expect(() => scheduleFor({ ...plan, seed: '2' }, scenario)).toThrow(/made from another schedule/);
});
