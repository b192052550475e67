import { expect, test } from 'vitest';
import { goodRun, slowRun } from '../measured-run.fixture.ts';
import { type MeasuredRun, nothingSeen } from '../measured-run.ts';
import { defaultKneeLevels } from '../search/knee-levels.ts';
import { bracketOf, stepStates } from '../search/step-state.ts';
import { limitingResource } from './limiting-resource.ts';

const using = (utilisation: Record<string, number>) => ({ server: { ...nothingSeen, utilisation } });
const limiting = (runs: readonly MeasuredRun[]) =>
  limitingResource(runs, bracketOf(stepStates(runs, defaultKneeLevels)));

test('what was used most where a limit broke is named', () => {
  const runs = [
    goodRun(100, using({ synapse: 0.5, postgres: 0.6 })),
    slowRun(200, using({ synapse: 0.97, postgres: 0.8 })),
  ];
  expect(limiting(runs)).toMatchObject({ resource: 'synapse', utilisation: 0.97 });
});

test('a limit that broke while everything had room is not blamed on anything', () => {
  const runs = [goodRun(100, using({ synapse: 0.1 })), slowRun(200, using({ synapse: 0.3 }))];
  expect(limiting(runs)).toEqual({ resource: 'unknown', utilisation: 0.3 });
});

test('before a limit broke, what a straight line sees used up first is named', () => {
  const runs = [
    goodRun(100, using({ synapse: 0.2, postgres: 0.5 })),
    goodRun(200, using({ synapse: 0.4, postgres: 0.55 })),
  ];
  expect(limiting(runs)).toMatchObject({ resource: 'synapse', exhaustedAtUsers: expect.closeTo(500, 0) });
});

test('a server that shows nothing of itself is told as unknown', () => {
  expect(limiting([goodRun(100), slowRun(200)])).toEqual({ resource: 'unknown', utilisation: 0 });
});
