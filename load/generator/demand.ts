import type { Scale } from '../scenarios/scenario.ts';
import type { Demand } from './machine-plan.ts';
import { expectedDeliveries, type Schedule } from './plan-load.ts';

const pollS = 30;

/** What the schedule asks of the generator: each poll that ends by itself, each message and each poll a message ends. */
export function demandOf(scale: Scale, schedule: Schedule): Omit<Demand, 'bundleBytes'> {
  const messages = schedule.messages.reduce((sum, own) => sum + own.length, 0);
  const deliveries = expectedDeliveries(schedule)
    .flat()
    .reduce((sum, count) => sum + count, 0);
  const requestsPerSecond = scale.users / pollS + (messages + deliveries) / scale.durationS;
  return { users: scale.users, requestsPerSecond };
}
