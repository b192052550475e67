import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { RoomClass } from '../population/room-layout.ts';
import { compactPlan, type PlanOptions } from './compact-plan.ts';
import { expectedDeliveries, planLoad } from './plan-load.ts';
import { readPopulation } from './read-population.ts';

const team: RoomClass = { name: 'team', members: 10, messageShare: 0.8 };
const unit: RoomClass = { name: 'unit', members: 25, messageShare: 0.2 };
const scenario: PlanOptions['scenario'] = { rooms: [team, unit], profile: 'V2' };
const scale = { users: 200, rampS: 15, durationS: 60, drainS: 15, compression: 40, minimumSamples: 1_000 };
const population = await readPopulation();
const plan = (at: PlanOptions['scale'], seed: string, of = scenario) =>
  planLoad({ scenario: of, scale: at, population, seed });

test('the same seed gives the same schedule, another seed another one', () => {
  expect(plan(scale, '1')).toEqual(plan(scale, '1'));
  expect(plan(scale, '1').messages).not.toEqual(plan(scale, '2').messages);
});

test('the rate is the profile’s busiest hour times the compression', () => {
  const { messages } = plan({ ...scale, durationS: 3_600 }, 'rate');
  const perUser = messages.flat().length / scale.users;
  expect(perUser).toBeGreaterThan(35);
  expect(perUser).toBeLessThan(37);
});

test('messages lie within the measured time, in order, and are counted for each sender and room', () => {
  const { messages } = plan({ ...scale, compression: 400 }, '1');
  for (const own of messages) {
    const times = own.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((ms) => ms >= 0 && ms <= 60_000)).toBe(true);
    for (const room of new Set(own.map((message) => message.room))) {
      const sequences = own.filter((message) => message.room === room).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index));
    }
  }
});

test('gaps between messages are exponential: as many are short as chance wants', () => {
  const { messages } = plan({ ...scale, durationS: 3_600 }, 'gaps');
  const gaps = messages.flatMap((own) => own.slice(1).map(({ atMs }, index) => atMs - (own[index]?.atMs ?? 0)));
  const meanMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const shorter = gaps.filter((gap) => gap < meanMs).length / gaps.length;
  expect(shorter).toBeGreaterThan(0.61);
  expect(shorter).toBeLessThan(0.65);
});

test('four fifths of the messages go to the team', () => {
  const { messages, rooms } = plan({ ...scale, durationS: 3_600 }, 'share');
  const toTeam = messages.flat().filter(({ room }) => rooms[room]?.kind === 'team').length;
  expect(toTeam / messages.flat().length).toBeCloseTo(0.8, 1);
});

test('everybody arrives before measuring begins', () => {
  const { arrivalsMs } = plan(scale, '1');
  expect(arrivalsMs[0]).toBe(-15_000);
  expect(Math.max(...arrivalsMs)).toBeLessThanOrEqual(-3_000);
});

test('everybody expects what the others of the room send', () => {
  const schedule = plan({ ...scale, users: 10, compression: 400 }, '1', { ...scenario, rooms: [team] });
  const total = schedule.messages.flat().length;
  const expected = expectedDeliveries(schedule);
  expect(expected).toEqual(schedule.messages.map((own) => [total - own.length]));
  expect(expected.flat().reduce((sum, count) => sum + count, 0)).toBe(9 * total);
});

const organisation: PlanOptions['scenario'] = { rooms: { classes: 'all', density: 0.2 }, profile: 'V2' };

test('the same seed gives the same hash, and every other seed, scale or scenario another one', () => {
  const { planHash } = plan(scale, '1', organisation);
  expect(planHash).toMatch(/^[0-9a-f]{64}$/);
  expect(plan(scale, '1', organisation).planHash).toBe(planHash);
  const others = [
    plan(scale, '2', organisation),
    plan({ ...scale, users: 201 }, '1', organisation),
    plan({ ...scale, compression: 41 }, '1', organisation),
    plan({ ...scale, rampS: 16 }, '1', organisation),
    plan(scale, '1', { ...organisation, profile: 'V3' }),
    plan(scale, '1', { ...organisation, day: { fromHour: 7, untilHour: 18 } }),
    plan(scale, '1', { ...organisation, rooms: { classes: 'all', density: 0.3 } }),
  ].map((other) => other.planHash);
  expect(new Set([planHash, ...others]).size).toBe(8);
});

test('a plan is the same on every machine and with every version, unless it is meant to change', async () => {
  const land = await readPopulation(fileURLToPath(new URL('../population/kleinland.fixture.yaml', import.meta.url)));
  expect(planLoad({ scenario: organisation, scale, population: land, seed: '1' }).planHash).toBe(
    '4325f058075302cb73464815e4909013229b0bc9caa1d4b842f749331a998db7',
  );
});

test('each class of rooms gets its share of the messages', () => {
  const { rooms, messages } = plan({ ...scale, users: 2_000, compression: 500 }, '1', organisation);
  const all = messages.flat();
  const shareOf = (wanted: string) => all.filter(({ room }) => rooms[room]?.kind === wanted).length / all.length;
  for (const { name, messageShare, writers } of population.rooms) {
    if (writers === undefined) expect(shareOf(name)).toBeCloseTo(messageShare, 1);
  }
});

test('who works in shifts writes less in the busiest hour of the offices', () => {
  const { messages } = plan({ ...scale, users: 60_000, durationS: 3_600, compression: 1 }, '1', {
    rooms: [team],
    profile: 'V2',
  });
  const perPerson = messages.flat().length / 60_000;
  expect(perPerson).toBeGreaterThan(6 * 0.05);
  expect(perPerson).toBeLessThan(6 * 0.15);
});

test('only some write to everybody', () => {
  const { rooms, messages } = plan({ ...scale, compression: 2_000 }, '1', organisation);
  const everybody = rooms.findIndex(({ kind }) => kind === 'broadcast');
  const writers = messages.filter((own) => own.some(({ room }) => room === everybody));
  expect(writers.length).toBeGreaterThan(0);
  expect(writers.length).toBeLessThanOrEqual(20);
});

test('more people than the population ever has are refused in one line', () => {
  expect(() => plan({ ...scale, users: 150_001 }, '1')).toThrow(
    'Land Berlin: 150001 people, the largest stage (Mit Reserve) has 150000; choose fewer or add a stage.',
  );
});

test('a scenario may be about shifts only, or about a stage', () => {
  const unitsWith = (people: PlanOptions['scenario']['people']) =>
    compactPlan({ scenario: { ...organisation, ...(people && { people }) }, scale, population, seed: '1' }).people
      .units;
  expect(unitsWith({ pattern: 'shift' }).map(({ name }) => name)).toEqual(['Polizei Berlin', 'Berliner Feuerwehr']);
  expect(unitsWith({ stage: 'districts' })).toHaveLength(23);
  expect(unitsWith(undefined).map(({ name }) => name)).toEqual(['Senatskanzlei', 'ITDZ Berlin']);
});

test('units that the population does not have are refused in one line', () => {
  expect(() => plan(scale, '1', { ...organisation, people: { stage: 'moon' } })).toThrow(
    'Land Berlin: the scenario needs units (moon) that are not there; add one or choose another scenario.',
  );
});

test('rooms that the population does not have are refused in one line', () => {
  expect(() => plan(scale, '1', { ...organisation, rooms: { classes: ['team', 'canteen'], density: 1 } })).toThrow(
    /^Land Berlin: the scenario needs rooms of the classes team, canteen, there are direct, team,/,
  );
});

test('the busiest hour of 150,000 people is planned in bounded memory', () => {
  const before = process.memoryUsage().rss;
  const { table, messages } = compactPlan({
    scenario: { ...organisation, rooms: { classes: 'all', density: 1 } },
    scale: { ...scale, users: 150_000, durationS: 3_600, compression: 1 },
    population,
    seed: '1',
  });
  expect(table.members.length).toBeGreaterThan(6_000_000);
  expect(messages.room.length).toBeGreaterThan(100_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000);
});
