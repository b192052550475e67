import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubernetesOptions, kubernetesWishes } from '../cli/load/kubernetes-options.ts';
import { planKubernetesRun } from '../cli/load/kubernetes-run.ts';
import { parseOptions } from '../cli/options.ts';
import { testRun } from '../load/kubernetes/test-run.ts';
import { officeDay } from '../load/scenarios/office-day.scenario.ts';
import { once } from '../schemas/once.ts';
import { startPruefstand } from './lib/pruefstand.ts';
import { definitionReason, hasDefinition, testRunValidator } from './load/test-run-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-kubernetes-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'authorities.pem'), '-----BEGIN CERTIFICATE-----\n');
writeFileSync(join(folder, 'password'), 'a secret of alice');

const permissions = {
  mayMutate: true,
  mayStress: { users: 1_000 },
  until: '2999-01-01T00:00:00Z',
  grantedBy: { name: 'A. Muster', role: 'IT', date: '2026-01-01' },
};

const fewMessages = { ...permissions, mayStress: { users: 1_000, messagesPerSecond: 1 } };

function words(changes: object, ...more: string[]): string[] {
  const path = join(folder, 'target.json');
  const target = { name: 'Abnahme', serverName: 'hs1.example', homeserverUrl: 'https://hs1.example', permissions };
  const accounts = [{ userId: '@alice:hs1.example', password: { file: 'password' } }];
  writeFileSync(path, JSON.stringify({ ...target, accounts, ...changes }));
  const image = 'registry.example/pruefstand:0.1.0';
  return ['--target', path, '--out', join(folder, 'out'), '--collector-image', image, ...more];
}

async function planned(changes: object, ...more: string[]) {
  const { values } = parseOptions(words(changes, ...more), kubernetesOptions);
  return (await planKubernetesRun(officeDay, kubernetesWishes(values, 'office-day'), 1)).spec;
}

test('load kubernetes writes everything a run needs, tells what, and keeps secrets in one file', async () => {
  const args = ['load', 'kubernetes', 'office-day', ...words({}, '--users', '300', '--json')];
  const { status, stdout, stderr } = await startPruefstand(args, folder).ended;
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'load.office-day', users: 300, parallelism: 1 });
  const texts = readdirSync(join(folder, 'out')).map((name) => readFileSync(join(folder, 'out', name), 'utf8'));
  const kinds = texts.slice(0, -1).flatMap((text) => parseAllDocuments(text).map((one) => one.toJS().kind));
  expect(kinds).toEqual([
    ...['NetworkPolicy', 'NetworkPolicy', 'NetworkPolicy'],
    ...['Secret', 'ConfigMap', 'ConfigMap', 'Service', 'Job', 'TestRun'],
  ]);
  expect(texts.map((text) => text.includes('a secret of alice'))).toEqual([false, true, false, false, false, false]);
  expect(statSync(join(folder, 'out/2-secret.yaml')).mode & 0o077).toBe(0);
});

test.each([
  ['more people than allowed', {}, ['--users', '1001'], /bis zu 1000 Personen, das Szenario braucht 1001/],
  ['more messages than allowed', { permissions: fewMessages }, [], /Erlaubt sind 1 Nachrichten je Sekunde/],
  ['a target that may not be changed', { permissions: { ...permissions, mayMutate: false } }, [], /nicht verändert/],
  ['an address only this machine reaches', { homeserverUrl: 'http://127.0.0.1:8008' }, [], /a cluster does not reach/],
  ['an administration only this machine reaches', { adminUrl: 'http://[::1]:8009' }, [], /a cluster does not reach/],
  ['a movable image', {}, ['--k6-image', 'grafana/k6:latest'], /^--k6-image must name a version/],
  ['a name Kubernetes does not take', {}, ['--name', 'Lasttest 1'], /^--name must be up to 50 lower-case letters/],
])('%s is refused in one line before anything is written', async (_what, changes, more, message) => {
  const refusal = await planned(changes, ...more).catch((thrown: unknown) => thrown);
  expect(refusal).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
  expect(String(refusal)).not.toContain('\n');
});

describe.skipIf(!hasDefinition)(`the k6-operator's definition of a TestRun${definitionReason}`, () => {
  const problemsOf = once(testRunValidator);

  test.each([
    ['a ConfigMap and one runner', {}, ['--users', '20']],
    ['many runners', {}, ['--users', '1000', '--runner-memory', '256', '--runner-cores', '1']],
    ['a volume', {}, ['--users', '20', '--volume', 'scripts']],
    ['a proxy', { proxy: 'http://proxy.example:3128' }, ['--users', '20']],
    ['authorities', { caCertificates: 'authorities.pem' }, ['--users', '20']],
  ])('accepts a run with %s', async (_what, changes, more) => {
    expect(problemsOf()(testRun(await planned(changes, ...more)))).toEqual([]);
  });

  test('refuses what is misspelt, missing or of another type', async () => {
    const good = testRun(await planned({}, '--users', '20'));
    const spec = JSON.parse(JSON.stringify(good['spec']));
    const { parallelism, ...lacking } = spec;
    const spoilt = [
      { ...spec, paralelism: parallelism },
      lacking,
      { ...spec, parallelism: '4' },
      { ...spec, runner: { ...spec.runner, env: [{ value: 'x' }] } },
    ];
    expect(spoilt.filter((one) => problemsOf()({ ...good, spec: one }).length === 0)).toEqual([]);
  });
});
