import { expect, test } from 'vitest';
import { withText } from '../../lib/alteration.ts';
import { asksForEncryption, foreignServer, foreignWellKnown } from './swapped-well-known.ts';

const answer = (body: object) =>
  withText({ status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' }, JSON.stringify(body));

test('names another server and takes back what was demanded, and leaves the rest', () => {
  const request = { method: 'GET', url: 'https://hs1.example/.well-known/matrix/client' };
  const document = { 'm.homeserver': { base_url: 'https://hs1.example' }, 'de.example': { imprint: 'x' } };
  const altered = JSON.parse(foreignWellKnown({ device: 'bob', request, answer: answer(document) }).text());
  expect(altered).toMatchObject({
    'm.homeserver': { base_url: foreignServer },
    'io.element.e2ee': { secure_backup_required: false, force_disable: true },
    'de.example': { imprint: 'x' },
  });
});

test('leaves every other answer', () => {
  const request = { method: 'GET', url: 'https://hs1.example/_matrix/client/versions' };
  const versions = answer({ versions: ['v1.1'] });
  expect(foreignWellKnown({ device: 'bob', request, answer: versions })).toBe(versions);
});

test.each([
  ['asks for it', { initial_state: [{ type: 'm.room.encryption' }] }, true],
  ['asks for other things', { initial_state: [{ type: 'm.room.guest_access' }] }, false],
  ['asks for nothing', {}, false],
])('a new room that %s', (_title, wish, asked) => {
  const url = 'https://hs1.example/_matrix/client/v3/createRoom';
  expect(asksForEncryption({ method: 'POST', url, body: new TextEncoder().encode(JSON.stringify(wish)) })).toBe(asked);
});

test('another request asks for no room', () => {
  expect(asksForEncryption({ method: 'GET', url: 'https://hs1.example/_matrix/client/v3/sync' })).toBeUndefined();
});
