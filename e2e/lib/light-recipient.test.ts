import { createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import type { HttpRequest, HttpSend } from '../../core/http/http.ts';
import { keysOf, openLightRecipient } from './light-recipient.ts';

const session = { userId: '@a:example.org', deviceId: 'AB', accessToken: 'x' };

it('signs what it publishes with the key it names', () => {
  const { device_keys: deviceKeys } = keysOf(session) as {
    device_keys: {
      keys: Record<string, string>;
      signatures: Record<string, Record<string, string>>;
    } & Record<string, unknown>;
  };
  const { signatures, ...content } = deviceKeys;
  const text =
    `{"algorithms":${JSON.stringify(content['algorithms'])},"device_id":"AB",` +
    `"keys":${JSON.stringify(content.keys)},"user_id":"@a:example.org"}`;
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(content.keys['ed25519:AB'] ?? '', 'base64'),
  ]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const signature = Buffer.from(signatures['@a:example.org']?.['ed25519:AB'] ?? '', 'base64');
  expect(verify(null, Buffer.from(text), key, signature)).toBe(true);
});

it('counts what is encrypted for it and nothing else', async () => {
  const asked: HttpRequest[] = [];
  const events = [{ type: 'm.room.encrypted' }, { type: 'm.dummy' }];
  const send: HttpSend = async (request) => {
    asked.push(request);
    const text = JSON.stringify({ to_device: { events } });
    return { status: 200, headers: {}, bytes: new TextEncoder().encode(text), text: () => text };
  };
  const recipient = await openLightRecipient({ session, homeserverUrl: 'https://example.org', send });
  expect(await recipient.countWaiting()).toBe(1);
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
});

it('tells which step was refused', async () => {
  const send: HttpSend = async () => ({ status: 403, headers: {}, bytes: new Uint8Array(), text: () => '{}' });
  const opening = openLightRecipient({ session, homeserverUrl: 'https://example.org', send });
  await expect(opening).rejects.toMatchObject({
    code: 'targetRefused',
    message: expect.stringContaining('keys/upload'),
  });
});
