import type { BackgroundLoad, LoadOptions } from '../../core/model/background-load.ts';
import type { Scale, Scenario } from '../scenarios/scenario.ts';
import { executeScenario } from './execute-scenario.ts';
import { permissionGap } from './permission-gap.ts';
import { planLoad } from './plan-load.ts';
import { readPopulation } from './read-population.ts';

/** Long enough for a thousand messages of a check beside it, and for some dozens. */
const durationS = { full: 120, small: 30 } as const;

/** Plays the scenario beside what a check does; nobody judges it, it is only to be there. */
export function backgroundLoadOf(scenario: Scenario): BackgroundLoad {
  return {
    beside: async ({ bench, seed, signal, scale: size }, work) => {
      const scale = scaleOf(scenario, size);
      const schedule = planLoad({ scenario, scale, population: await readPopulation(), seed });
      const reason = permissionGap(bench.target, scale, schedule, Date.now());
      if (reason !== undefined) return { kind: 'refused', reason };
      const started = Promise.withResolvers<void>();
      let isWriting = false;
      const playing = executeScenario({
        bench,
        seed,
        signal,
        scenario,
        scale,
        schedule,
        onProgress: () => {},
        onTally: ({ counters }) => {
          if ((counters.sent ?? 0) === 0 || isWriting) return;
          isWriting = true;
          started.resolve();
        },
      });
      playing.catch(started.reject);
      await started.promise;
      const ended = playing.finally(() => {
        isWriting = false;
      });
      const [result, { tally }] = await Promise.all([work({ isWriting: () => isWriting }), ended]);
      return {
        kind: 'loaded',
        result,
        users: scale.users,
        durationS: scale.durationS,
        messages: tally.counters.sent ?? 0,
      };
    },
  };
}

function scaleOf({ scales }: Scenario, size: LoadOptions['scale']): Scale {
  return { ...(size === 'full' ? scales.campaign : scales.proof), durationS: durationS[size] };
}
