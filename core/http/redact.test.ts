import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactBody, redactHeaders, redactJson, redactUrl } from './redact.ts';

const secretKeys = [
  'access_token',
  'accessToken',
  'Password',
  'refresh_token',
  'session',
  'code',
  'mac',
  'pushkey',
  'one_time_keys',
];
const textKeys = ['body', 'formatted_body', 'topic', 'name', 'displayname', 'search_term', 'm.text'];
const canary = 'Kanarienvogel7';

/** JSON in which the word stands somewhere below the key, at any depth. */
function jsonWith(word: string, keys: readonly string[]): fc.Arbitrary<unknown> {
  const otherKey = fc.constantFrom('content', 'events', 'chunk', 'a', '__proto__', 'rooms', 'm.new_content');
  const wrap = (key: string, inner: unknown, asArray: boolean) => (asArray ? [1, { [key]: inner }] : { [key]: inner });
  const nest = (steps: readonly (readonly [string, boolean])[], inner: unknown) =>
    steps.reduce((value: unknown, [key, asArray]) => wrap(key, value, asArray), inner);
  const steps = fc.array(fc.tuple(otherKey, fc.boolean()), { maxLength: 8 });
  return fc
    .tuple(steps, fc.constantFrom(...keys), steps, fc.boolean())
    .map(([outer, key, inside, asArray]) => nest(outer, wrap(key, nest(inside, word), asArray)));
}

describe('redactJson', () => {
  it('lets no secret through, whatever lies around it', () => {
    fc.assert(
      fc.property(jsonWith(canary, [...secretKeys, ...textKeys]), (value) => {
        expect(JSON.stringify(redactJson(value))).not.toContain(canary);
      }),
      { numRuns: 500 },
    );
  });

  it('lets a number under a secret key through neither', () => {
    expect(redactJson({ code: 493817, count: 493818 })).toEqual({ code: '«secret, 6 characters»', count: 493818 });
  });

  it('takes what opens a file out of a key that names its parts', () => {
    const key = { kty: 'oct', alg: 'A256CTR', k: canary };
    expect(redactJson({ file: { key } })).toEqual({ file: { key: { ...key, k: '«secret, 14 characters»' } } });
  });

  it('leaves everything else as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const harmless = JSON.parse(JSON.stringify({ chunk: value }).replaceAll(/[=@/?&]/g, '-'));
        const hasKnownKey = [...secretKeys, ...textKeys].some((key) => JSON.stringify(harmless).includes(key));
        fc.pre(!hasKnownKey && !/"[-_.]*k[-_.]*":/i.test(JSON.stringify(harmless)));
        expect(redactJson(harmless)).toEqual(harmless);
      }),
    );
  });

  it('keeps shape and length', () => {
    expect(redactJson({ content: { body: 'Hallo', msgtype: 'm.text' }, session: ['ab', true, null] })).toEqual({
      content: { body: '«text, 5 characters»', msgtype: 'm.text' },
      session: ['«secret, 2 characters»', true, null],
    });
  });

  it('takes tokens out of URLs inside any value', () => {
    expect(redactJson({ uri: 'https://hs1/x?a=1&loginToken=geheim#access_token=geheim' })).toEqual({
      uri: 'https://hs1/x?a=1&loginToken=«secret»#access_token=«secret»',
    });
  });

  it('survives an answer nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(JSON.stringify(redactJson(deep))).toContain('«nested deeper than 100 levels»');
  });
});

describe('redactBody', () => {
  it.each([
    ['', ''],
    ['{"body":"Hallo"}', { body: '«text, 5 characters»' }],
    ['"Hallo"', '«text, 5 characters»'],
    ['["m.room.message"]', ['m.room.message']],
    ['<html>geheim</html>', '«no JSON, 19 characters»'],
    ['access_token=geheim', '«no JSON, 19 characters»'],
  ])('stores %j as %j', (text, stored) => {
    expect(redactBody(text)).toEqual(stored);
  });
});

describe('redactHeaders', () => {
  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'proxy-authorization',
    'x-csrf-token',
    'x-api-key',
  ])('hides %s', (name) => {
    expect(redactHeaders({ [name]: 'Bearer geheim' })).toEqual({ [name]: '«secret»' });
  });

  it('hides a token in the address a redirect points to and keeps the address', () => {
    expect(redactHeaders({ location: 'https://client/#/?loginToken=geheim&a=b', 'content-type': 'text/html' })).toEqual(
      {
        location: 'https://client/#/?loginToken=«secret»&a=b',
        'content-type': 'text/html',
      },
    );
  });
});

describe('redactUrl', () => {
  it.each([
    ['https://hs1/sync?since=s1&access_token=geheim', 'https://hs1/sync?since=s1&access_token=«secret»'],
    ['https://hs1/x?access%5Ftoken=geheim&b=1', 'https://hs1/x?access%5Ftoken=«secret»&b=1'],
    ['https://hs1/x?ACCESS_TOKEN=geheim', 'https://hs1/x?ACCESS_TOKEN=«secret»'],
    ['https://alice:geheim@hs1/x', 'https://«secret»@hs1/x'],
    ['cannot reach https://hs1/x?token=geheim now', 'cannot reach https://hs1/x?token=«secret» now'],
    ['https://matrix.to/#/@alice:hs1', 'https://matrix.to/#/@alice:hs1'],
    ['mxc://hs1/abc', 'mxc://hs1/abc'],
  ])('turns %s into %s', (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });
});
