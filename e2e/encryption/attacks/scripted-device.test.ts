import { expect, test } from 'vitest';
import type { JsonObject } from '../../lib/alteration.ts';
import { scriptDevice, withScriptedDevices } from './scripted-device.ts';

const bob = '@bob:test';
const device = scriptDevice({ userId: bob, deviceId: 'NEU' });

const answered = (path: string, sent: JsonObject, body: JsonObject) => {
  const text = JSON.stringify(body);
  const answer = { status: 200, headers: {}, bytes: new TextEncoder().encode(text), text: () => text };
  const request = { method: 'POST', url: `https://test/_matrix/client/v3${path}`, body: JSON.stringify(sent) };
  return JSON.parse(withScriptedDevices({ device: 'alice', request, answer }, [device]).text());
};

test('a device is named beside the true ones, to who asks for its owner', () => {
  const body = { device_keys: { [bob]: { ALT: {} } } };
  expect(answered('/keys/query', { device_keys: { [bob]: [] } }, body)).toEqual({
    device_keys: { [bob]: { ALT: {}, NEU: device.deviceKeys } },
  });
  expect(answered('/keys/query', { device_keys: { '@carol:test': [] } }, body)).toEqual(body);
});

test('its key is handed out to who claims it', () => {
  const asked = { one_time_keys: { [bob]: { NEU: 'signed_curve25519' } } };
  expect(answered('/keys/claim', asked, { one_time_keys: {} })).toEqual({
    one_time_keys: { [bob]: { NEU: { 'signed_curve25519:AAAAAAAAAA0': device.oneTimeKey } } },
  });
});

test('whoever syncs hears that its owner has other devices now', () => {
  const { device_lists: lists } = answered('/sync', {}, { device_lists: { changed: ['@carol:test'], left: [] } });
  expect(lists).toEqual({ changed: ['@carol:test', bob], left: [] });
});
