import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinnedToolchain } from './fetch-toolchain.ts';
import { useOf } from './find-go.ts';
import { moduleHash } from './module-hash.ts';
import { firstProxy } from './proxy.ts';
import { unzip } from './unzip.ts';

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

/** Made with Python's zipfile, base64. */
const moduleZip = [
  'UEsDBBQAAAAIAAAAIVzgaFaRDgAAAEABAAALAAAAbUB2MS9iaW4vZ28rKMpPL0rMVSgYpcmiAVBLAwQUAAAAAAAAACFcyMEuTQQA',
  'AAAEAAAADAAAAG1AdjEvTElDRU5TRWZyZWVQSwECFAMUAAAACAAAACFc4GhWkQ4AAABAAQAACwAAAAAAAAAAAAAAgAEAAAAAbUB2',
  'MS9iaW4vZ29QSwECFAMUAAAAAAAAACFcyMEuTQQAAAAEAAAADAAAAAAAAAAAAAAAgAE3AAAAbUB2MS9MSUNFTlNFUEsFBgAAAAAC',
  'AAIAcwAAAGUAAAAAAA==',
];
const outsideZip = [
  'UEsDBBQAAAAAAAAAIVyDFtyMAQAAAAEAAAAHAAAALi4vZXZpbHhQSwECFAMUAAAAAAAAACFcgxbcjAEAAAABAAAABwAAAAAAAAAA',
  'AAAAgAEAAAAALi4vZXZpbFBLBQYAAAAAAQABADUAAAAmAAAAAAA=',
];

describe('a module’s zip', () => {
  const zipped = (files: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'unzip-'));
    const zip = join(folder, 'module.zip');
    writeFileSync(zip, Buffer.from(files.join(''), 'base64'));
    return { folder, zip };
  };

  test('is unpacked, packed and merely stored files alike', () => {
    const { folder, zip } = zipped(moduleZip);
    unzip(zip, folder);
    expect(readFileSync(join(folder, 'm@v1', 'bin', 'go'), 'utf8')).toBe('program '.repeat(40));
    expect(readFileSync(join(folder, 'm@v1', 'LICENSE'), 'utf8')).toBe('free');
  });

  test('that was cut off is refused', () => {
    const { folder, zip } = zipped(moduleZip);
    writeFileSync(zip, readFileSync(zip).subarray(0, -30));
    expect(() => unzip(zip, folder)).toThrow('no whole zip file');
  });

  test('that names a file outside its folder is refused', () => {
    const { folder, zip } = zipped(outsideZip);
    expect(() => unzip(zip, join(folder, 'in'))).toThrow('outside its folder: ../evil');
  });
});
