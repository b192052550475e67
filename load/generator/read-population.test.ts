import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { organiseRooms } from '../population/organise-rooms.ts';
import { scalePeople } from '../population/people.ts';
import { roomsOfPeople } from '../population/room-table.ts';
import { readPopulation, shippedPopulation } from './read-population.ts';

const kleinland = fileURLToPath(new URL('../population/kleinland.fixture.yaml', import.meta.url));

test('Berlin has its published number of people, twelve districts and the ladder up to a reserve', async () => {
  const { units, total, stages } = await readPopulation();
  const people = units.flatMap(({ beyond, people }) => (beyond ? [] : [people])).reduce((sum, one) => sum + one, 0);
  expect(people).toBe(133_574);
  expect(total.people).toBe(133_574);
  expect(units.filter(({ group }) => group === 'Bezirksämter')).toHaveLength(12);
  expect(units.filter(({ group }) => group === 'Senatsverwaltungen')).toHaveLength(10);
  expect(stages.map((stage) => stage.people)).toEqual([
    500, 800, 2_400, 8_400, 35_000, 63_700, 85_000, 133_574, 150_000,
  ]);
});

test('another Land is another file', async () => {
  const land = await readPopulation(kleinland);
  const people = scalePeople({ ...land, count: 300, of: 'accounts' });
  const { kinds, count } = organiseRooms({ people, rules: land.rooms, density: 1, seed: '1' });
  expect(kinds.map(({ name }) => name)).toEqual(['office', 'all']);
  expect(count).toBeGreaterThan(50);
});

test.each([
  ['a unit with no people', 'people: 388', 'people: 0', '/units/0/people: expected minimum 1, got 0'],
  ['a sum that is not the published one', 'people: 388', 'people: 389', '/units: 133575 people together'],
  ['shares of messages', 'messageShare: 0.4', 'messageShare: 0.5', '/rooms: messageShare: 1.1 together instead of 1'],
  ['a day curve', '0.15, 0.14', '0.15, 0.1', '/patterns/office/curve: 0.96 together instead of 1'],
  ['a source nobody listed', 'source: slack', 'source: slick', '/profiles/V3/source: "slick" is not among sources'],
  ['a figure without origin', '    source: slack\n', '', '/profiles/V3'],
  [
    'a unit that is there twice',
    'name: Bezirksamt Mitte',
    'name: Bezirksamt Spandau',
    '"Bezirksamt Spandau" is there twice',
  ],
  ['a stage with an unknown group', 'without: [Schulen]', 'without: [Schule]', '"Schule" is not among units'],
  ['a stage beyond its people', 'people: 800\n    units', 'people: 900\n    units', '900 accounts, but 800 work there'],
  ['conversations without a number', '    perPerson: { median: 19, p95: 40 }\n', '', 'direct: perPerson is missing'],
  ['bounds upside down', 'from: 20, to: 40', 'from: 41, to: 40', 'section: members: from is greater than to'],
  ['a word that is no key', 'writers: 20', 'writer: 20', '/rooms/6/writer'],
])('%s is told in one line with the place', async (_what, from, to, message) => {
  const text = await readFile(shippedPopulation, 'utf8');
  expect(text).toContain(from);
  const path = join(tmpdir(), `population-${process.pid}.yaml`);
  await writeFile(path, text.replace(from, to));
  const failure: unknown = await readPopulation(path).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ name: 'UsageError', message: expect.stringContaining(message) });
  expect(String(failure).split('\n')).toHaveLength(1);
  expect(String(failure)).toContain(path);
});

test('a file that is not there is told with its path', async () => {
  await expect(readPopulation('/nowhere/land.yaml')).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('/nowhere/land.yaml'),
  });
});

test('in the whole of Berlin half of the people are in about 30 rooms, and one in twenty in about 150', async () => {
  const population = await readPopulation();
  const count = 133_574;
  const people = scalePeople({ ...population, count, of: 'accounts' });
  const table = organiseRooms({ people, rules: population.rooms, density: 1, seed: '1' });
  const { firstOf } = roomsOfPeople(table, count);
  const rooms = Uint32Array.from({ length: count }, (_, person) => (firstOf[person + 1] ?? 0) - (firstOf[person] ?? 0));
  const [median = 0, p95 = 0] = [0.5, 0.95].map((share) => rooms.toSorted()[Math.floor(share * count)]);
  expect(Math.abs(median - 30)).toBeLessThanOrEqual(3);
  expect(Math.abs(p95 - 150)).toBeLessThanOrEqual(15);
});
