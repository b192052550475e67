import type { ActivityProfile, Population, WorkingPattern } from '../../population/population.ts';
import { assumptionsFrom } from './first-order.ts';

/** Evenly over the hours but for the one in which so large a share falls. */
const curveWith = (hour: number, share: number) =>
  Array.from({ length: 24 }, (_, one) => (one === hour ? share : (1 - share) / 23));

const pattern = (day: number, hour: number, share: number): WorkingPattern => ({
  online: { day, night: 0.1 },
  devices: 1.4,
  writing: 0.6,
  curve: curveWith(hour, share),
  assumption: 'example',
});

const profile = (messagesPerDay: number): ActivityProfile => ({
  title: 'example',
  messagesPerDay,
  assumption: 'example',
});

/** Three quarters work in offices, a quarter on shifts. */
export const smallLand: Pick<Population, 'units' | 'patterns' | 'profiles'> = {
  patterns: { office: pattern(0.65, 9, 0.15), shift: pattern(0.4, 6, 0.08) },
  units: [
    { name: 'Amt', group: 'Ämter', people: 750, pattern: 'office' },
    { name: 'Wache', group: 'Wachen', people: 250, pattern: 'shift' },
  ],
  profiles: { V1: profile(1.5), V2: profile(6), V3: profile(30) },
};

/** Offices alone, as the figures of public examples have them. */
export const officeAssumptions = assumptionsFrom(
  { ...smallLand, units: smallLand.units.filter((unit) => unit.pattern === 'office') },
  'V2',
);
