import { type MatrixClient, Method } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

const methods = { POST: Method.Post, PUT: Method.Put } as const;

/** What a device asks of the server without its cryptography having a say. */
export function requestsOf(client: MatrixClient, { call }: DeviceTools): Pick<CryptoDevice, 'askPastLibrary'> {
  return {
    askPastLibrary: (method, path, body) =>
      call(path, () => client.http.authedRequest(methods[method], path, undefined, { ...body })),
  };
}
