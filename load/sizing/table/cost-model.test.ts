import { expect, test } from 'vitest';
import { simulatedServer, simulatedSweep } from '../simulated-sweep.fixture.ts';
import { costsOf, idlePolls, useAt } from './cost-model.ts';

const carried = simulatedSweep().filter(({ users }) => users < 375);

test('what polls and messages cost a deployment is found from the outside', () => {
  const synapse = costsOf(carried)['synapse cores'];
  expect(synapse?.perMessage).toBeCloseTo(simulatedServer.perMessage, 3);
  expect(synapse?.perPoll).toBeCloseTo(simulatedServer.perPoll, 4);
  expect(synapse && useAt(synapse, 100, 2)).toBeCloseTo(0.01 + 0.2 + 0.16, 2);
});

test('without a run at rest the two are not told apart', () => {
  expect(costsOf(carried.filter(({ purpose }) => purpose === 'step'))).toEqual({});
});

test('the more often messages come, the fewer polls run out', () => {
  const [step] = carried;
  if (step === undefined) throw new Error('no run');
  const polls = [0, 1, 10, 100].map((delivered) => idlePolls({ ...step, users: 300, delivered }));
  expect(polls[0]).toBeCloseTo(10);
  expect(polls).toEqual(polls.toSorted((a, b) => b - a));
  expect(polls.at(-1)).toBeLessThan(0.1);
});
