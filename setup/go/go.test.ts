import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinnedToolchain } from './fetch-toolchain.ts';
import { useOf } from './find-go.ts';
import { moduleHash } from './module-hash.ts';
import { firstProxy } from './proxy.ts';

describe('where modules come from', () => {
  test.each([
    [undefined, 'https://proxy.golang.org', {}],
    ['', 'https://proxy.golang.org', {}],
    ['https://goproxy.intern/go/,direct', 'https://goproxy.intern/go', {}],
    ['direct|http://second', 'http://second', {}],
    ['https://anna:ge%3Aheim@goproxy.intern', 'https://goproxy.intern', { authorization: 'Basic YW5uYTpnZTpoZWlt' }],
  ])('GOPROXY=%s', (list, url, headers) => {
    expect(firstProxy(list)).toEqual({ url, headers });
  });

  test('a list without any proxy gives none', () => {
    expect(firstProxy('off')).toBeUndefined();
    expect(firstProxy('direct')).toBeUndefined();
  });
});

test.each([
  ['1.26.8', 'asItIs'],
  ['1.25.0', 'asItIs'],
  ['1.22.3', 'fetchesNewer'],
  ['1.19.8', 'tooOld'],
])('Go %s where 1.25.0 is wanted: %s', (version, use) => {
  expect(useOf(version, '1.25.0')).toBe(use);
});

test('the toolchain of this kind of machine is taken from the pinned sums', () => {
  const sums =
    'golang.org/toolchain v0.0.1-go1.26.8.linux-amd64 h1:a=\ngolang.org/toolchain v0.0.1-go1.26.8.linux-arm64 h1:b=\n';
  expect(pinnedToolchain(sums, 'x64')).toMatchObject({ goVersion: '1.26.8', sum: 'h1:a=' });
  expect(pinnedToolchain(sums, 'arm64')).toMatchObject({ sum: 'h1:b=' });
  expect(pinnedToolchain(sums, 'riscv64')).toBeUndefined();
});

test('the sum of a module is the one Go computes and changes with one byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'module-hash-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/m\n');
  writeFileSync(join(folder, 'bin', 'go'), 'program');
  // From: printf '%s  %s\n' $(sha256sum of each, by path) | sha256sum | xxd -r -p | base64
  expect(moduleHash(folder, 'example.com/m@v1.0.0')).toBe('h1:r+GgRJkauWSoK1snTDeFAc4/Yg8Ty5GrdBdxumb9oyw=');
  writeFileSync(join(folder, 'bin', 'go'), 'Program');
  expect(moduleHash(folder, 'example.com/m@v1.0.0')).not.toBe('h1:r+GgRJkauWSoK1snTDeFAc4/Yg8Ty5GrdBdxumb9oyw=');
});
