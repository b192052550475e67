import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { cryptoModulesIn, isAtLeast } from './crypto-modules.ts';

const compiled = Buffer.concat([
  Buffer.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
  Buffer.from(`/registry/vodozemac-0.11.0/src/olm.rs ${'x'.repeat(200)}`),
]);

const file = (path: string, content: string | Buffer) => ({ path, bytes: Uint8Array.from(Buffer.from(content)) });

describe('cryptoModulesIn', () => {
  it('finds vodozemac in a file of its own and inside the code', () => {
    const code = `const wasm = "${compiled.toString('base64')}";`;
    expect(cryptoModulesIn([file('a.wasm', compiled), file('b.js', code)])).toEqual([
      { library: 'vodozemac', version: '0.11.0', path: 'a.wasm' },
      { library: 'vodozemac', version: '0.11.0', path: 'b.js' },
    ]);
  });

  it.each(['\n', String.raw`\n`])('finds it in code that is broken into lines', (lineBreak) => {
    const lines = compiled.toString('base64').replace(/(.{76})/g, `$1${lineBreak}`);
    expect(cryptoModulesIn([file('b.js', `m.exports=\`${lines}\``)])).toHaveLength(1);
  });

  it('finds libolm by its file or by what it calls itself', () => {
    const found = cryptoModulesIn([file('olm.4f2a.wasm', ''), file('c.js', 'a._olm_get_library_version=f')]);
    expect(found.map(({ library }) => library)).toEqual(['libolm', 'libolm']);
  });

  it('finds nothing elsewhere', () => {
    expect(cryptoModulesIn([file('opus/decoder.wasm', 'x'), file('d.js', 'vodozemac-0.11.0')])).toEqual([]);
  });
});

describe('isAtLeast', () => {
  it.each([
    ['0.10.0', true],
    ['0.11.0', true],
    ['1.0.0', true],
    ['0.9.9', false],
  ])('%s', (version, expected) => expect(isAtLeast(version, '0.10.0')).toBe(expected));
});
