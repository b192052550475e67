import { describe, expect, it } from 'vitest';
import { createValidator } from './validator.ts';

const login = {
  type: 'object',
  required: ['user_id', 'access_token'],
  properties: {
    user_id: { type: 'string', pattern: '^@' },
    access_token: { type: 'string', minLength: 30 },
    kind: { type: 'string', enum: ['user', 'guest'] },
    when: { type: 'string', format: 'date-time' },
    count: { type: 'integer', maximum: 9 },
  },
};

describe('createValidator', () => {
  it('returns nothing for valid data', () => {
    expect(createValidator(login)({ user_id: '@a:b', access_token: 'x'.repeat(30) })).toEqual([]);
  });

  it.each([
    [5, ['(document): expected object, got integer']],
    [{ user_id: '@a:b' }, ['/access_token: expected a value (required key), got nothing']],
    [{ user_id: '@a:b', access_token: 'geheim' }, ['/access_token: expected minLength 30, got string of length 6']],
    [{ user_id: 1, access_token: 'x'.repeat(30) }, ['/user_id: expected string, got integer']],
  ])('names pointer, expected and got for %j', (data, lines) => {
    expect(createValidator(login)(data)).toEqual(lines);
  });

  it('never prints the content of a string, except a short one that is not in a fixed list', () => {
    const lines = createValidator(login)({
      user_id: 'geheim1',
      access_token: 'geheim2',
      when: 'geheim3',
      kind: 'admin',
      count: 10,
    });
    expect(lines).toEqual([
      '/access_token: expected minLength 30, got string of length 7',
      '/count: expected maximum 9, got 10',
      '/kind: expected one of ["user","guest"], got "admin"',
      '/user_id: expected pattern ^@, got string of length 7',
      '/when: expected format date-time, got string of length 7',
    ]);
    expect(createValidator(login)({ user_id: '@', access_token: 'x'.repeat(30), kind: 'k'.repeat(41) })).toEqual([
      '/kind: expected one of ["user","guest"], got string of length 41',
    ]);
  });

  it('shortens a long list and says how much is left out', () => {
    const keys = Array.from({ length: 32 }, (_, index) => `k${index}`);
    const lines = createValidator({ type: 'object', required: keys, properties: {} })({});
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('and 12 more');
  });

  it('escapes keys in pointers and names unknown keys', () => {
    const closed = createValidator({ type: 'object', properties: { a: true }, additionalProperties: false });
    expect(closed({ 'x/y~': 1 })).toEqual(['/x~1y~0: expected no such key, got integer']);
  });

  it('explains a choice by the shape that came nearest, through references', () => {
    const validate = createValidator({
      $defs: { olm: { type: 'object', required: ['ciphertext', 'sender_key'] } },
      anyOf: [{ type: 'string' }, { $ref: '#/$defs/olm' }],
    });
    expect(validate({ ciphertext: 'x' })).toEqual([
      '(document): expected one of 2 shapes, got object with 1 keys (nearest: /sender_key: expected a value (required key), got nothing)',
    ]);
  });

  it('says so when exactly one shape was expected and several match', () => {
    const validate = createValidator({ oneOf: [{ type: 'integer' }, { type: 'number' }] });
    expect(validate(1)).toEqual(['(document): expected exactly one of 2 shapes, got a match with several']);
  });

  it('accepts a second schema of the same $id and applies the one it was given', () => {
    const first = createValidator({ $id: 'urn:test:same', type: 'string' });
    const second = createValidator({ $id: 'urn:test:same', type: 'integer' });
    expect([first(1), second(1)]).toEqual([['(document): expected string, got integer'], []]);
  });

  it.each([
    ['an unknown keyword', { type: 'object', descripton: 'x' }],
    ['a keyword without its type', { properties: { a: true } }],
    ['a union of types', { type: ['string', 'number'] }],
    ['an unknown format', { type: 'string', format: 'mx-nonsense' }],
    ['a reference to nowhere', { $ref: '#/$defs/gone' }],
  ])('refuses a schema with %s', (_, schema) => {
    expect(() => createValidator(schema)).toThrow();
  });
});

it('tells of one problem of a document too large to tell of all, in little time', () => {
  const list = { type: 'array', items: { $ref: '#/$defs/login' }, $defs: { login } };
  const broken = Array.from({ length: 100_000 }, () => ({ user_id: 1 }));
  const startedAt = performance.now();
  expect(createValidator(list)(broken)).toHaveLength(1);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

it('tells what a condition asks for, not that there is one', () => {
  const schema = {
    type: 'object',
    properties: { kind: { type: 'string' }, url: { type: 'string' } },
    if: { required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['url'] },
  };
  expect(createValidator(schema)({ kind: 'http' })).toEqual(['/url: expected a value (required key), got nothing']);
});
