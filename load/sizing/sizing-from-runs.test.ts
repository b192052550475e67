import { expect, test } from 'vitest';
import type { MeasuredRun } from './measured-run.ts';
import { nothingSeen } from './measured-run.ts';
import { simulatedPlan, simulatedServer, simulatedSweep, sizingOptions } from './simulated-sweep.fixture.ts';
import { sizingFromRuns } from './sizing-from-runs.ts';

const whole = simulatedSweep();
const sizing = sizingFromRuns(sizingOptions(whole));

test('the knee of a deployment of which all is known is enclosed, and what limits it is named', () => {
  expect(sizing).toMatchObject({
    standing: 'verdict',
    knee: { users: 350, low: 350, high: 375, reached: true },
    limitingResource: 'synapse',
    holdOut: { reliable: true },
    reservations: [],
  });
});

test('the same runs give the same sizing', () => {
  expect(sizingFromRuns(sizingOptions(whole))).toEqual(sizing);
});

test('stages within one and a half times the measured are told from those beyond', () => {
  expect(sizing.table.map(({ accounts, extrapolated }) => [accounts, extrapolated]).slice(0, 3)).toEqual([
    [500, false],
    [800, true],
    [2_400, true],
  ]);
});

test('no stage needs less than a smaller one', () => {
  const columns = [
    sizing.table.map(({ vCpu }) => vCpu?.value ?? Number.POSITIVE_INFINITY),
    sizing.table.map(({ workers }) => workers?.total ?? Number.POSITIVE_INFINITY),
    sizing.table.map(({ postgresRamGib }) => postgresRamGib),
    sizing.table.map(({ bandwidthMbitPerSecond }) => bandwidthMbitPerSecond ?? 0),
  ];
  for (const column of columns) expect(column).toEqual(column.toSorted((a, b) => a - b));
});

test('where listening fills every core the table says so in place of a number', () => {
  expect(sizing.table.at(-1)).toMatchObject({
    workers: null,
    vCpu: null,
    notes: [expect.stringContaining('Mithören')],
  });
});

test('one run of each step is a first look', () => {
  const quick = simulatedSweep(simulatedServer, { ...simulatedPlan, runs: 1 });
  const { standing, reservations } = sizingFromRuns(sizingOptions(quick));
  expect(standing).toBe('indicative');
  expect(reservations.join(' ')).toContain('mindestens 5 gültige Läufe');
});

test('without figures of the server the table names what is asked for and nothing else', () => {
  const blind = whole.map((run): MeasuredRun => ({ ...run, server: nothingSeen }));
  const { table, limitingResource, reservations } = sizingFromRuns(sizingOptions(blind));
  expect(limitingResource).toBe('unknown');
  expect(table[0]).toMatchObject({ onlineDevices: 455, vCpu: null, workers: null, ramGib: null, postgresVCpu: null });
  expect(reservations.join(' ')).toContain('ließ sich nicht bestimmen');
});

test('a highest step that the lower ones do not predict makes every row unreliable', () => {
  const broken = whole.map((run) => (run.users >= 375 && run.purpose === 'step' ? { ...run, delivered: 40 } : run));
  const held = broken.filter(({ users }) => users !== 375);
  const { holdOut, table, reservations } = sizingFromRuns(sizingOptions(held));
  expect(holdOut?.errorShare).toBeGreaterThan(0.15);
  expect(table.every(({ reliable }) => !reliable)).toBe(true);
  expect(reservations[0]).toContain('Unzuverlässig');
});

test('runs the generator could not carry count for nothing and are told', () => {
  const spoilt = whole.map((run, index) => (index === 0 ? { ...run, invalid: ['Der Generator war zu spät.'] } : run));
  const { steps, reservations, standing } = sizingFromRuns(sizingOptions(spoilt));
  expect(steps[0]).toMatchObject({ runs: 4, invalidRuns: 1 });
  expect(standing).toBe('indicative');
  expect(reservations.join(' ')).toContain('1 von 33 Läufen zählen nicht');
});

test('nothing but invalid runs gives an empty sizing and no error', () => {
  const spoilt = whole.map((run) => ({ ...run, invalid: ['nein'] }));
  expect(sizingFromRuns(sizingOptions(spoilt))).toMatchObject({ parameters: null, holdOut: null, knee: { users: 0 } });
});

test('where others kept the machine busy it is no verdict, and that is said first', () => {
  const disturbed = whole.map((run) => ({ ...run, foreignCores: 1.2 }));
  const { standing, reservations } = sizingFromRuns(sizingOptions(disturbed));
  expect(standing).toBe('indicative');
  expect(reservations).toEqual([expect.stringContaining('1,2 von 2 Rechenkernen')]);
});

test('steps that are all too slow still tell what a message costs', () => {
  const slow = whole.map((run) => ({ ...run, delivery: { ...run.delivery, p50Ms: 900 } }));
  const { knee, costs } = sizingFromRuns(sizingOptions(slow));
  expect(knee).toMatchObject({ users: 0, high: 100 });
  expect(costs['synapse cores']?.perMessage).toBeCloseTo(simulatedServer.perMessage, 2);
});

test('a limit that broke for no reason seen does not shrink what a core may do', () => {
  const idleServer = whole.map((run) => ({
    ...run,
    server: { ...run.server, utilisation: { synapse: 0.05, postgres: 0.02 } },
  }));
  const { limitingResource, table } = sizingFromRuns(sizingOptions(idleServer));
  expect(limitingResource).toBe('unknown');
  expect(table[0]).toMatchObject({ workers: { total: 1 }, vCpu: { value: 1 } });
});
