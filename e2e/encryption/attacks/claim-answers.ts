import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { DeviceAddress } from '../../lib/crypto-device.ts';

const isClaim = (url: string) => url.includes('/keys/claim');

/** When dora asks, the homeserver says of every key that it is the one for the case of need. */
export const onlyFallbackForDora: Alteration = ({ device, request, answer }) =>
  device === 'dora' && isClaim(request.url)
    ? alterJson(answer, (object) => ('key' in object ? { ...object, fallback: true } : object))
    : answer;

export interface Replay {
  readonly alteration: Alteration;
  /** From now on the first key of that device goes to everybody who asks for one. */
  of(address: DeviceAddress): void;
  /** How often the key was given to somebody else again. */
  count(): number;
}

/** The homeserver gives one one-time key to several people. */
export function replayingFirstKey(): Replay {
  let target: DeviceAddress | undefined;
  let first: unknown;
  let replayed = 0;
  const givenAgain = (devices: JsonObject, deviceId: string): JsonObject => {
    first ??= devices[deviceId];
    if (devices[deviceId] !== first) replayed += 1;
    return { ...devices, [deviceId]: first };
  };
  return {
    alteration: ({ request, answer }) =>
      isClaim(request.url)
        ? alterJson(answer, (object) => {
            const devices = target && object[target.userId];
            return target && isJsonObject(devices) && target.deviceId in devices
              ? { ...object, [target.userId]: givenAgain(devices, target.deviceId) }
              : object;
          })
        : answer,
    of: (address) => {
      target = address;
    },
    count: () => replayed,
  };
}
