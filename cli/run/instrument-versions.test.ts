import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import type { Target } from '../../core/model/target.ts';
import { instrumentVersions } from './instrument-versions.ts';

const benchOf = (target: Partial<Target>, tools: Bench['tools'] = {}) => ({ target, tools }) as Bench;

test('what a result was seen with is named: the target, our client, the libraries that look', async () => {
  const reference = benchOf({ provider: 'process', clientUrl: 'https://c', versions: { synapse: '1.163.2' } });
  expect(await instrumentVersions(reference)).toEqual({
    synapse: '1.163.2',
    'matrix-react-sdk': '3.114.0',
    node: process.versions.node,
    'matrix-js-sdk': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    'matrix-sdk-crypto-wasm': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    'matrix-sdk-crypto': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    vodozemac: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    'axe-core': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    ajv: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

test('programs are asked themselves', async () => {
  const tools = { chromium: process.execPath };
  expect(await instrumentVersions(benchOf({ versions: {} }, tools))).toMatchObject({ chromium: process.versions.node });
});

test("a remote client's version is not taken for ours", async () => {
  const remote = benchOf({ provider: 'remote', clientUrl: 'https://c', versions: {} });
  expect(await instrumentVersions(remote)).not.toHaveProperty('matrix-react-sdk');
});
