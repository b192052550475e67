import { expect, test } from 'vitest';
import type { Sizing, SizingStep } from '../../core/model/sizing.ts';
import { sizingPage } from './sizing-page.ts';

const step = (users: number, own: Partial<SizingStep> = {}): SizingStep => ({
  users,
  runs: 5,
  invalidRuns: 0,
  throughput: 0.3 * users,
  throughputInterval: { low: 0.29 * users, high: 0.31 * users },
  offered: 0.3 * users,
  messagesPerSecond: 0.025 * users,
  pollsPerSecond: 0.3 * users,
  delivery: { p50Ms: 50, p95Ms: 150, p99Ms: 300 },
  sendP95Ms: 100,
  utilisation: { synapse: users / 400, postgres: users / 1_000 },
  broken: false,
  breaches: [],
  ...own,
});

const example: Sizing = {
  model: 'usl',
  conditions: {
    target: 'Ziel <script>alert(1)</script>',
    scenario: 'load.office-day',
    seed: '1',
    startedAt: '2026-12-01T09:00:00.000Z',
    durationS: 50,
    compression: 100,
    profile: 'V2',
    largestRoom: 25,
    runsPerStep: 5,
    machine: { cores: 2, processor: 'Testprozessor', memoryGib: 24 },
    pinning: { homeserver: '0', generator: '1' },
    versions: { synapse: '1.163.2' },
  },
  standing: 'verdict',
  reservations: [],
  parameters: { lambda: 0.3, alpha: 0.000_1, beta: 0 },
  intervals: { lambda: { low: 0.29, high: 0.31 } },
  knee: { users: 300, low: 300, high: 400, reached: true, peakUsers: null },
  limitingResource: 'synapse',
  holdOut: { users: 400, predicted: 118, observed: 120, errorShare: 0.0167, reliable: true },
  limits: { deliveryP95Ms: 1_000 },
  steps: [step(100), step(300), step(400, { broken: true, breaches: ['Zustellung P95 2000 ms statt 1000 ms'] })],
  curve: [1, 200, 400].map((users) => ({ users, throughput: 0.3 * users, low: 0.29 * users, high: 0.31 * users })),
  costs: { 'synapse cores': { unit: 'cores', base: 0.01, perPoll: 0.002, perMessage: 0.08 } },
  assumptions: ['Eine Annahme.'],
  table: [],
};

test('the page says what is carried, what gives way, and how well the highest step was predicted', () => {
  const page = sizingPage(example);
  expect(page).toContain('Trägt 300 Personen; mit 400 bricht eine Grenze');
  expect(page).toContain('Synapse (ein Rechenkern je Prozess)');
  expect(page).toContain('118 statt gemessener 120 Zustellungen/s, Fehler 1,7 %: zuverlässig');
  expect(page).toContain('Mit 400 Personen: Zustellung P95 2000 ms statt 1000 ms');
});

test('each chart is read out and drawn within its frame', () => {
  const page = sizingPage(example);
  expect(page.match(/<svg[^>]*role="img"[^>]*aria-label="[^"]+/g)).toHaveLength(3);
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

test('a target name cannot become markup, and the page allows no script', () => {
  const page = sizingPage(example);
  expect(page).not.toContain('<script');
  expect(page).toContain("default-src 'none'");
});

test('a first look with hardly anything measured is a page as well', () => {
  const bare = {
    ...example,
    standing: 'indicative',
    parameters: null,
    intervals: {},
    holdOut: null,
    curve: [],
    costs: {},
    limitingResource: 'unknown',
    knee: { users: 0, low: 0, high: 20, reached: true, peakUsers: null },
    steps: [
      step(20, {
        throughputInterval: null,
        delivery: { p50Ms: null, p95Ms: null, p99Ms: null },
        utilisation: {},
        broken: true,
      }),
    ],
  } as const;
  const page = sizingPage(bare);
  expect(page).toContain('Schon mit 20 Personen, der kleinsten Stufe, bricht eine Grenze (erster Blick)');
  expect(page).toContain('Zu wenige Zustellungen für Perzentile.');
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

test('nothing measured at all does not break the page', () => {
  const nothing = { ...example, steps: [], curve: [], knee: { ...example.knee, users: 0, high: null, reached: false } };
  expect(sizingPage(nothing)).toContain('<h1>');
});
