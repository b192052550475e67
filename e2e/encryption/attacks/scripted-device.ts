import type { HttpAnswer } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject, type SeenAnswer, withText } from '../../lib/alteration.ts';
import { createSigningKey, freshAgreementKey } from './signing.ts';
import { alterSync } from './synced-room.ts';

/** A device that exists only in the homeserver's answers; all its signatures are valid. */
export interface ScriptedDevice {
  readonly userId: string;
  readonly deviceId: string;
  readonly deviceKeys: JsonObject;
  readonly oneTimeKey: JsonObject;
}

export interface ScriptedKeys {
  readonly userId: string;
  readonly deviceId: string;
  /** In place of a fresh key. */
  readonly identityKey?: string;
  readonly oneTimeKey?: string;
}

export function scriptDevice({ userId, deviceId, ...keys }: ScriptedKeys): ScriptedDevice {
  const { publicKey, signed } = createSigningKey();
  const { identityKey = freshAgreementKey(), oneTimeKey = freshAgreementKey() } = keys;
  const bare = {
    user_id: userId,
    device_id: deviceId,
    algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
    keys: { [`curve25519:${deviceId}`]: identityKey, [`ed25519:${deviceId}`]: publicKey },
  };
  return {
    userId,
    deviceId,
    deviceKeys: signed(bare, userId, deviceId),
    oneTimeKey: signed({ key: oneTimeKey }, userId, deviceId),
  };
}

/** The homeserver names these devices beside the true ones, says that there are new ones, and hands out their keys. */
export function withScriptedDevices(seen: SeenAnswer, devices: readonly ScriptedDevice[]): HttpAnswer {
  const { request, answer } = seen;
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/sync')) return withChangedLists(seen, devices);
  const isQuery = pathname.endsWith('/keys/query');
  if (!(isQuery || pathname.endsWith('/keys/claim')) || answer.status !== 200) return answer;
  const body = parsedJson(answer.text());
  if (!isJsonObject(body)) return answer;
  const asked = String(request.body);
  const wanted = devices.filter(({ userId, deviceId }) => asked.includes(isQuery ? userId : `"${deviceId}"`));
  const list = isQuery ? 'device_keys' : 'one_time_keys';
  const all = isJsonObject(body[list]) ? body[list] : {};
  const named = wanted.reduce((people, device) => withDevice(people, device, isQuery), all);
  return withText(answer, JSON.stringify({ ...body, [list]: named }));
}

const withChangedLists = (seen: SeenAnswer, devices: readonly ScriptedDevice[]): HttpAnswer =>
  alterSync(seen, (body) => {
    const lists = isJsonObject(body['device_lists']) ? body['device_lists'] : {};
    const changed = Array.isArray(lists['changed']) ? lists['changed'] : [];
    const owners = devices.map(({ userId }) => userId);
    return { ...body, device_lists: { ...lists, changed: [...new Set([...changed, ...owners])] } };
  });

function withDevice(people: JsonObject, device: ScriptedDevice, isQuery: boolean): JsonObject {
  const { userId, deviceId, deviceKeys, oneTimeKey } = device;
  const others = isJsonObject(people[userId]) ? people[userId] : {};
  const keys = isQuery ? deviceKeys : { 'signed_curve25519:AAAAAAAAAA0': oneTimeKey };
  return { ...people, [userId]: { ...others, [deviceId]: keys } };
}
