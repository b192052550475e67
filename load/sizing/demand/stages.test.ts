import { expect, test } from 'vitest';
import type { Population, WorkingPattern } from '../../population/population.ts';
import { defaultAssumptions } from './first-order.ts';
import { assumptionsFrom, stagesFrom } from './stages.ts';

const pattern = (day: number, busiest: number): WorkingPattern => ({
  online: { day, night: 0.05 },
  devices: 1.4,
  writing: 0.6,
  curve: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? busiest : (1 - busiest) / 23)),
});

const profile = (messagesPerDay: number) => ({ title: 'Profil', messagesPerDay });

const population: Population = {
  name: 'Kleinland',
  asOf: '2026-12',
  total: { people: 1_000 },
  sources: {},
  patterns: { office: pattern(0.6, 0.2), shift: pattern(0.4, 0.1) },
  units: [
    { name: 'Amt', group: 'Ämter', people: 750, pattern: 'office' },
    { name: 'Feuerwehr', group: 'Einsatz', people: 250, pattern: 'shift' },
  ],
  profiles: { V1: profile(1), V2: profile(7), V3: profile(30) },
  perMessage: {
    receipts: 3,
    typing: 2,
    roomOpens: 1,
    profileLookups: 1,
    reactions: 0,
    edits: 0,
    media: 0.1,
    searches: 0,
  },
  rooms: [],
  stages: [
    { key: 'pilot', title: 'Pilot', people: 500, groups: ['Ämter'] },
    { key: 'whole', title: 'Ganz', people: 1_000 },
  ],
};

test('each stage is of its own people, offices and shift services weighted', () => {
  const [pilot, whole] = stagesFrom(population);
  expect(pilot).toMatchObject({ name: 'Pilot', accounts: 500, use: { onlineShare: 0.6, busyHourShare: 0.2 } });
  expect(whole).toMatchObject({ name: 'Ganz', accounts: 1_000 });
  expect(whole?.use?.onlineShare).toBeCloseTo(0.55);
  expect(whole?.use?.busyHourShare).toBeCloseTo(0.175);
});

test('what people write comes from the population, all else stays', () => {
  const assumptions = assumptionsFrom(population, 'V2', defaultAssumptions);
  expect(assumptions).toMatchObject({ profile: 'V2', messagesPerDay: 7, mediaShare: 0.1, burst: 3, loops: 1 });
});
