import { describe, expect, it } from 'vitest';
import { numberFormats, stringFormats } from './formats.ts';
import { isNewUserId } from './user-id.ts';

const hash43 = 'acR1l0raoZnm60CBwAVgqbZqoO_mYU81xysh1u7XcJk';
const plain43 = 'acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk';

const cases: Record<string, { clause: string; valid: string[]; invalid: string[] }> = {
  'mx-server-name': {
    clause: 'appendices/#server-name',
    valid: [
      'hs1',
      'matrix.example',
      'localhost:8448',
      '10.0.0.1',
      '10.0.0.1:80',
      '255.255.255.255',
      '1.2.3.4.5',
      '1234.5.6.7',
      'hs1:99999',
      '[::ffff:10.0.0.1]',
      '[::1]',
      '[2001:db8::1]:8448',
      'xn--brse-5qa.example',
      'a'.repeat(255),
    ],
    invalid: [
      '',
      ':8448',
      'hs1:',
      'hs1:123456',
      'hs1:80a',
      'hs1:80:90',
      '10.0.0.256',
      '999.1.1.1:8448',
      'hs_1',
      'börse.example',
      '::1',
      '[::1',
      '[::g]',
      '[1.2.3.4]',
      '[::1]x',
      '[::1]:',
      'hs1/x',
      'hs1 ',
      'https://hs1',
      'a'.repeat(256),
    ],
  },
  'mx-user-id': {
    clause: 'appendices/#user-identifiers',
    valid: [
      '@alice:hs1',
      '@a._=-/+9:hs1:8448',
      '@alice:[::1]:8448',
      '@Alice:hs1',
      '@:hs1',
      '@jörg müller:hs1',
      `@${'a'.repeat(250)}:hs1`,
    ],
    invalid: [
      '',
      '@',
      'alice:hs1',
      '@alice',
      '@alice:',
      '#alice:hs1',
      '@ali\0ce:hs1',
      '@alice:hs_1',
      '@al\ud800ice:hs1',
      `@${'a'.repeat(251)}:hs1`,
      `@${'ä'.repeat(126)}:hs1`,
    ],
  },
  'mx-room-id': {
    clause: 'appendices/#room-ids, rooms/v12/#room-ids',
    valid: ['!opaque:hs1', '!a b/c:matrix.example:8448', `!${hash43}`, `!${hash43}:hs1`, `!${'a'.repeat(250)}:hs1`],
    invalid: [
      '',
      '!',
      '!opaque',
      '!:hs1',
      '!opaque:',
      '#opaque:hs1',
      `!${plain43}`,
      `!${hash43}x`,
      `!${hash43.slice(1)}`,
      '!a\0b:hs1',
      `!${'a'.repeat(251)}:hs1`,
    ],
  },
  'mx-event-id': {
    clause: 'appendices/#event-ids, rooms/v1, v3 and v4',
    valid: ['$opaque:hs1', `$${plain43}`, `$${hash43}`, `$${'a'.repeat(43)}`],
    invalid: [
      '',
      '$',
      '$opaque',
      '$:hs1',
      '!opaque:hs1',
      `$${hash43}=`,
      `$${hash43.slice(1)}`,
      `$${'a'.repeat(41)}-/`,
      `$${'a'.repeat(251)}:hs1`,
    ],
  },
  'mx-room-alias': {
    clause: 'appendices/#room-aliases',
    valid: ['#room:hs1', '#Straße 1:matrix.example', '#a/b#c:hs1'],
    invalid: ['', '#', '#room', '#:hs1', '!room:hs1', '#room:', '#ro\0om:hs1', `#${'a'.repeat(251)}:hs1`],
  },
  'mx-mxc-uri': {
    clause: 'client-server-api/#matrix-content-mxc-uris',
    valid: ['mxc://hs1/abcDEF_-9', 'mxc://[::1]:8448/a', 'mxc://matrix.example:80/AQwafuaFswefuhsfAFAgsw'],
    invalid: [
      '',
      'mxc://',
      'mxc://hs1',
      'mxc://hs1/',
      'mxc:///abc',
      'mxc://hs1/a/b',
      'mxc://hs1/../x',
      'mxc://hs1/a?b',
      'MXC://hs1/a',
      'https://hs1/a',
      'mxc://hs_1/a',
    ],
  },
  'mx-unpadded-base64': {
    clause: 'appendices/#unpadded-base64',
    valid: ['', 'QQ', 'QUI', 'QUJD', '+/+/'],
    invalid: ['Q', 'QUJDR', 'QQ==', 'QUI=', '-_-_', 'QU D', 'QUJD\n'],
  },
  'mx-urlsafe-unpadded-base64': {
    clause: 'appendices/#url-safe-unpadded-base64',
    valid: ['', 'QQ', 'QUI', 'QUJD', '-_-_'],
    invalid: ['Q', 'QUJDR', 'QQ==', '+/+/', 'QU D'],
  },
};

describe.each(Object.entries(cases).map(([format, its]) => ({ format, ...its })))(
  '$format ($clause)',
  ({ format, valid, invalid }) => {
    it.each(valid)('accepts %j', (text) => {
      expect(stringFormats[format]?.(text)).toBe(true);
    });

    it.each(invalid)('rejects %j', (text) => {
      expect(stringFormats[format]?.(text)).toBe(false);
    });
  },
);

describe('formats', () => {
  it('has cases for every format of strings', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(stringFormats).sort());
  });

  it.each([
    [0, true],
    [-1, true],
    [2 ** 53 - 1, true],
    [1 - 2 ** 53, true],
    [2 ** 53, false],
    [-(2 ** 53), false],
    [1.5, false],
    [Number.NaN, false],
  ])('int64 of %d is %s', (value, expected) => {
    expect(numberFormats['int64']?.(value)).toBe(expected);
  });

  it.each([
    ['@alice:hs1', true],
    ['@a._=-/+9:hs1', true],
    ['@Alice:hs1', false],
    ['@:hs1', false],
    ['@jörg:hs1', false],
    ['@al ice:hs1', false],
  ])('%s may be given to a new user: %s', (text, expected) => {
    expect(isNewUserId(text)).toBe(expected);
  });
});
