import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { signedCurve } from './device-keys.ts';
import { objectAt } from './json.ts';
import type { Request } from './transport.ts';

export const uploadPath = '/_matrix/client/v3/keys/upload';
export const queryPath = '/_matrix/client/v3/keys/query';
export const claimPath = '/_matrix/client/v3/keys/claim';

export function uploadKeys(request: Request, session: Session, body: unknown): Promise<Answer> {
  return request('POST', uploadPath, { session, body });
}

/** An empty list of devices asks for all devices of that account. */
export function queryKeys(
  request: Request,
  session: Session,
  deviceKeys: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  return request('POST', queryPath, { session, body: { device_keys: deviceKeys, timeout: 5_000 } });
}

/** Asks for one one-time key of a device. */
export function claimKey(request: Request, session: Session, owner: Session): Promise<Answer> {
  const body = { one_time_keys: { [owner.userId]: { [owner.deviceId]: signedCurve } } };
  return request('POST', claimPath, { session, body });
}

/** The keys an answer to a claim hands out for a device, by name. */
export const claimedKeys = ({ json }: Answer, { userId, deviceId }: Session): Readonly<Record<string, unknown>> =>
  objectAt(json, ['one_time_keys', userId, deviceId]);
