import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { RunSpec } from './manifest.ts';
import { manifestFiles, renderedFiles } from './manifests.ts';

const spec: RunSpec = {
  name: 'pruefstand-office-day',
  namespace: 'lasttest',
  operatorNamespace: 'k6-operator-system',
  images: { k6: 'grafana/k6:1.8.1', starter: 'starter:v1.6.0', collector: 'pruefstand:0.1.0' },
  runners: 4,
  runner: { memoryMib: 512, cpuMillis: 300 },
  collector: { memoryMib: 320, cpuMillis: 200 },
  script: { text: 'export default () => {};' },
  plan: '{}',
  targetFile: '{"password":"geheim"}',
  collectorKey: 'key-of-the-collector',
};

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const objects = (changed: Partial<RunSpec> = {}) =>
  Object.values(manifestFiles({ ...spec, ...changed })).flatMap((manifests) => manifests.map(plain));
const one = (kind: string, changed?: Partial<RunSpec>) => objects(changed).find((manifest) => manifest.kind === kind);

test('the files read back as what they were made from', () => {
  const read = renderedFiles(spec).flatMap(({ text }) => parseAllDocuments(text).map((one) => one.toJS()));
  expect(read).toEqual(objects());
});

test('every object lies in the namespace and names the run', () => {
  for (const { metadata } of objects()) {
    expect(metadata).toMatchObject({ namespace: 'lasttest', labels: { 'app.kubernetes.io/instance': spec.name } });
  }
});

test('every pod has a policy, which lets in only who must come', () => {
  const rules = objects()
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec: { podSelector, ingress } }) => {
      const who = podSelector.matchLabels['app.kubernetes.io/component'];
      const [rule = { from: [], ports: [] }] = ingress;
      const from = rule.from.map(
        (peer: { podSelector?: typeof podSelector; namespaceSelector?: typeof podSelector }) =>
          peer.podSelector?.matchLabels['app.kubernetes.io/component'] ?? peer.namespaceSelector.matchLabels,
      );
      return [who, rule.ports.map(({ port }: { port: number }) => port), from];
    });
  expect(rules).toEqual([
    ['runner', [6_565], ['starter', { 'kubernetes.io/metadata.name': 'k6-operator-system' }]],
    ['collector', [8_080], ['runner']],
    ['starter', [], []],
  ]);
});

test('the service leads to the collector, and runners know it by that name', () => {
  expect(one('Service').spec.selector).toEqual(one('Job').spec.template.metadata.labels);
  const environment = one('TestRun').spec.runner.env;
  expect(environment).toContainEqual({
    name: 'PRUEFSTAND_COLLECTOR',
    value: `http://${one('Service').metadata.name}:8080`,
  });
});

test('no secret stands outside the Secret, and runners see only the key', () => {
  const texts = renderedFiles(spec).map(({ text, secret }) => [secret, /geheim|key-of-the-collector/.test(text)]);
  expect(texts).toEqual([false, true, false, false, false].map((secret) => [secret, secret]));
  const mounted = one('TestRun').spec.runner.volumes.find(({ name }: { name: string }) => name === 'key');
  expect(mounted.secret.items).toEqual([{ key: 'collector-key', path: 'collector-key' }]);
});

test('no runner prepares for itself, and none is told apart in the manifest', () => {
  const { parallelism, initializer, runner } = one('TestRun').spec;
  expect([parallelism, initializer]).toEqual([4, { disabled: true }]);
  expect(runner.env).toContainEqual({ name: 'K6_NO_SETUP', value: 'true' });
});

test('neither runner nor collector is started anew in the middle of a run', () => {
  const { backoffLimit, template } = one('Job').spec;
  expect([backoffLimit, template.spec.restartPolicy]).toEqual([0, 'Never']);
});

test('with a proxy the target goes through it and the collector does not', () => {
  const { env } = one('TestRun', { proxyUrl: 'http://proxy.example:3128' }).spec.runner;
  expect(env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy.example:3128' });
  expect(env).toContainEqual({ name: 'NO_PROXY', value: 'pruefstand-office-day-collector' });
});

test('a script on a volume is written beside the manifests and into none of them', () => {
  const volume = { script: { ...spec.script, claim: 'scripts' } };
  expect(one('TestRun', volume).spec.script).toEqual({
    volumeClaim: { name: 'scripts', file: 'scenario.js', readOnly: true },
  });
  expect(objects(volume).filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(1);
  expect(renderedFiles({ ...spec, ...volume }).at(-1)).toMatchObject({ name: 'scenario.js', text: spec.script.text });
});

test('what the API server would not take is refused with what to do', () => {
  const tooLong = 'ä'.repeat(600_000);
  expect(() => manifestFiles({ ...spec, script: { text: tooLong } })).toThrow(/takes 1048576: give it on a volume/);
  expect(() => manifestFiles({ ...spec, targetFile: tooLong })).toThrow(/Secret .* would have 1200020 bytes/);
});
