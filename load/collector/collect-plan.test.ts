import { expect, test } from 'vitest';
import { planLoad } from '../generator/plan-load.ts';
import { readPopulation } from '../generator/read-population.ts';
import { officeDay } from '../scenarios/office-day.scenario.ts';
import { type CollectPlan, parseCollectPlan, scheduleFor } from './collect-plan.ts';

const scale = { users: 20, rampS: 1, durationS: 10, drainS: 1, compression: 500, minimumSamples: 10 };
const population = await readPopulation();
const seed = '1/load.office-day';
const schedule = planLoad({ scenario: officeDay, scale, population, seed });
const plan: CollectPlan = {
  ...{ suiteVersion: '0.1.0', scenario: 'office-day', scale, seed, runners: 2, usersPerVu: 2, bundleBytes: 9_000 },
  ...{ population, planHash: schedule.planHash },
};

test('a plan reads back as it was written, and leads to the schedule it was made for', () => {
  expect(parseCollectPlan(JSON.stringify(plan), 'plan.json', '0.1.0')).toEqual(plan);
  expect(scheduleFor(parseCollectPlan(JSON.stringify(plan), 'plan.json', '0.1.0'), officeDay)).toEqual(schedule);
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
  expect(() => scheduleFor({ ...plan, seed: '2' }, officeDay)).toThrow(/made from another schedule/);
});
