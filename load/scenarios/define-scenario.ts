import type { Scenario, ScenarioCheck } from './scenario.ts';

/** Makes a scenario a check as well, so that it is planned, run and proven like every other. */
export function defineScenario(scenario: Scenario): ScenarioCheck {
  return { ...scenario, run: (context) => context.execute(scenario) };
}
