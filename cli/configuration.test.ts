import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configurationFile, resolveConfiguration } from './configuration.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const writeFile = (text: string) => writeFileSync(join(folder, configurationFile), text);

test('without anything the defaults hold', () => {
  expect(resolveConfiguration({}, {}, folder)).toEqual({
    stage: 'pilot',
    depth: 'standard',
    seed: 1,
    only: undefined,
    target: undefined,
    provider: undefined,
    synapse: undefined,
    runs: 'runs',
  });
});

test('an option wins over the environment, the environment over the file', () => {
  writeFile('{ "seed": 3, "runs": "from-file", "provider": "container" }');
  const environment = { PRUEFSTAND_SEED: '5', PRUEFSTAND_RUNS: 'from-environment' };
  const resolved = resolveConfiguration({ seed: '7' }, environment, folder);
  expect(resolved).toMatchObject({ seed: 7, runs: 'from-environment', provider: 'container' });
});

test.each([
  ['{ "sead": 3 }', 'sead'],
  ['{ "seed": "three" }', 'seed'],
  ['{ seed: 3 }', 'is no JSON'],
])('the file %s is refused by name', (text, named) => {
  writeFile(text);
  expect(() => resolveConfiguration({}, {}, folder)).toThrow(named);
  expect(() => resolveConfiguration({}, {}, folder)).toThrow(configurationFile);
});

test('a version of Synapse that is none is refused before it becomes a path', () => {
  expect(resolveConfiguration({ synapse: '1.164.0rc1' }, {}, folder).synapse).toBe('1.164.0rc1');
  expect(() => resolveConfiguration({ synapse: '../1.2.3' }, {}, folder)).toThrow('--synapse must be a version');
});

test('families are a list separated by commas, and an unknown one is refused', () => {
  expect(resolveConfiguration({ only: 'policy, load' }, {}, folder).only).toEqual(['policy', 'load']);
  expect(() => resolveConfiguration({ only: 'policies' }, {}, folder)).toThrow('--only must be one of conformance');
});

test.each([{ provider: 'process' }, { synapse: '1.162.0' }])(
  '%j says how the reference deployment starts and is refused with a target, wherever that is named',
  (options) => {
    const refusal = 'is about the reference deployment and a target is named already';
    expect(() => resolveConfiguration({ ...options, target: 'staging.json' }, {}, folder)).toThrow(refusal);
    expect(() => resolveConfiguration(options, { PRUEFSTAND_TARGET: 'staging.json' }, folder)).toThrow(refusal);
    writeFile('{ "target": "staging.json" }');
    expect(() => resolveConfiguration(options, {}, folder)).toThrow(refusal);
  },
);

test('a lasting choice of the provider does not stand in the way of a target', () => {
  writeFile('{ "provider": "process" }');
  expect(resolveConfiguration({ target: 'staging.json' }, {}, folder).target).toBe('staging.json');
});
