import { expect, test } from 'vitest';
import { screenFromHash } from './router.ts';

test('an address without a fragment asks for no screen', () => {
  expect(screenFromHash('')).toEqual({ screen: '', params: {} });
});

test('a room address keeps the room id and every server to join through', () => {
  expect(screenFromHash('#/room/!abc:example?via=hs1&via=hs2&action=chat')).toEqual({
    screen: 'room/!abc:example',
    params: { via: ['hs1', 'hs2'], action: 'chat' },
  });
});

test('an encoded alias is decoded', () => {
  expect(screenFromHash('#/room/%23amt:example').screen).toBe('room/#amt:example');
});
