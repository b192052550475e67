import { expect, test } from 'vitest';
import { planFleet } from './fleet.ts';
import { readme } from './readme.ts';

const fleet = planFleet({ users: 100_000, bundleBytes: 40_000, requestsPerSecond: 3_334 });
const facts = {
  spec: {
    ...{ name: 'pruefstand-office-day', namespace: 'lasttest', operatorNamespace: 'k6-operator-system', runners: 5 },
    images: {
      k6: 'grafana/k6:1.8.1',
      starter: 'starter:v1.6.0',
      collector: `pruefstand:0.1.0@sha256:${'a'.repeat(64)}`,
    },
    ...{ runner: { memoryMib: 2_304, cpuMillis: 1_900 }, collector: { memoryMib: 1_856, cpuMillis: 600 } },
    ...{ script: { text: '' }, plan: '{}', targetFile: '{"password":"geheim"}', collectorKey: 'key-of-the-collector' },
  },
  fleet,
  ...{ title: 'Bürotag', users: 100_000, rampS: 15, durationS: 60, targetName: 'Abnahme' },
  ...{ homeserverUrl: 'https://hs1.example', permittedUntil: '2027-01-17T06:00:00+01:00' },
};

test('whoever operates the cluster learns what is needed, in order, and how to read the result', () => {
  const text = readme(facts);
  expect(text).toContain('100.000 simulierte Personen gegen Abnahme (https://hs1.example)');
  expect(text).toContain('Platz für 5 Runner mit je 2304 MiB');
  expect(text).toContain('wenigstens 41.000 offene Dateien');
  expect(text).toContain('-t pruefstand:0.1.0 .');
  expect(text).toContain('kubectl -n lasttest logs job/pruefstand-office-day-collector');
  expect(text.match(/^## .+$/gm)).toEqual([
    ...['## Voraussetzungen', '## Ablauf', '## Ergebnis', '## Wann ein Lauf ungültig ist', '## Danach'],
  ]);
});

test('a window and a volume are named where there are any', () => {
  const spec = { ...facts.spec, script: { text: '', claim: 'scripts' } };
  const text = readme({ ...facts, spec, permittedFrom: '2027-01-16T20:00:00+01:00' });
  expect(text).toContain('gilt von 2027-01-16T20:00:00+01:00 bis 2027-01-17T06:00:00+01:00');
  expect(text).toContain('# scenario.js auf das Volume scripts kopieren');
});

test('it holds no secret', () => {
  expect(readme(facts)).not.toMatch(/geheim|key-of-the-collector/);
});
