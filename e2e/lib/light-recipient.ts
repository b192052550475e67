import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
import type { Session } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from './alteration.ts';

/** A device that others send keys to and that opens none: it costs a few requests where a whole one costs a library. */
export interface LightRecipient {
  readonly userId: string;
  readonly deviceId: string;
  /** Joins a room everybody may join, and with it all devices of that person. */
  join(roomId: string): Promise<void>;
  /** Asks the server for encrypted messages to this device that wait there. */
  countWaiting(): Promise<number>;
}

interface Place {
  readonly session: Session;
  readonly homeserverUrl: string;
  readonly send: HttpSend;
}

/** Publishes keys nobody holds the secret of for long. Resolves when the server has them. */
export async function openLightRecipient(place: Place): Promise<LightRecipient> {
  const { userId, deviceId } = place.session;
  await ask(place, 'POST', '/keys/upload', keysOf(place.session));
  return {
    userId,
    deviceId,
    join: async (roomId) => void (await ask(place, 'POST', `/join/${encodeURIComponent(roomId)}`, {})),
    countWaiting: async () => {
      const { to_device: toDevice } = await ask(
        place,
        'GET',
        `/sync?timeout=0&filter=${encodeURIComponent(nothingElse)}`,
      );
      const events = isJsonObject(toDevice) && Array.isArray(toDevice['events']) ? toDevice['events'] : [];
      return events.filter((event) => isJsonObject(event) && event['type'] === 'm.room.encrypted').length;
    },
  };
}

const nothingElse = JSON.stringify({
  room: { rooms: [] },
  presence: { not_types: ['*'] },
  account_data: { not_types: ['*'] },
});

async function ask({ session, homeserverUrl, send }: Place, method: string, path: string, body?: JsonObject) {
  const answer = await send({
    method,
    url: `${homeserverUrl}/_matrix/client/v3${path}`,
    headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value = parsedJson(answer.text());
  if (answer.status !== 200 || !isJsonObject(value)) throw refused(session, path, answer);
  return value;
}

const refused = ({ userId }: Session, path: string, { status }: HttpAnswer) =>
  new RigError('targetRefused', {
    de: `Der Server hat einem Gerät von ${userId} einen nötigen Schritt verweigert: ${path} → ${status}.`,
    en: `The server refused a device of ${userId} a step it needs: ${path} → ${status}.`,
  });

/** Device keys, one one-time key and the one for the case of need, signed as a device signs them. */
export function keysOf({ userId, deviceId }: Pick<Session, 'userId' | 'deviceId'>): JsonObject {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signed = (content: JsonObject): JsonObject => ({
    ...content,
    signatures: {
      [userId]: { [`ed25519:${deviceId}`]: unpadded(sign(null, Buffer.from(inOrder(content)), privateKey)) },
    },
  });
  return {
    device_keys: signed({
      user_id: userId,
      device_id: deviceId,
      algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
      keys: { [`curve25519:${deviceId}`]: newExchangeKey(), [`ed25519:${deviceId}`]: textOf(publicKey) },
    }),
    one_time_keys: { 'signed_curve25519:AAAAAQ': signed({ key: newExchangeKey() }) },
    fallback_keys: { 'signed_curve25519:AAAAAg': signed({ key: newExchangeKey(), fallback: true }) },
  };
}

const newExchangeKey = () => textOf(generateKeyPairSync('x25519').publicKey);

const textOf = (key: KeyObject) => unpadded(key.export({ format: 'der', type: 'spki' }).subarray(-32));

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** Members in the order of their names, without spaces: that is what is signed. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isJsonObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
