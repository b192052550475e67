import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject } from '../alteration.ts';

/** What a device sent to other devices in one request: to whom and of what kind, never what it says. */
export interface WireDelivery {
  /** The sender. */
  readonly device: string;
  readonly type: string;
  readonly recipients: readonly Recipient[];
}

export interface Recipient {
  readonly userId: string;
  /** `*` for all devices of that person. */
  readonly deviceId: string;
  /** Why it is refused a key, if it is. */
  readonly code?: string;
}

/** The request to /sendToDevice, if it is one. */
export function deliveriesIn(request: {
  readonly device: string;
  readonly url: string;
  readonly body: string;
}): readonly WireDelivery[] {
  const [, type] = /\/sendToDevice\/([^/]+)\//.exec(new URL(request.url).pathname) ?? [];
  if (type === undefined) return [];
  const body = parsedJson(request.body);
  const messages = isJsonObject(body) && isJsonObject(body['messages']) ? body['messages'] : {};
  const recipients = Object.entries(messages).flatMap(([userId, devices]) =>
    Object.entries(isJsonObject(devices) ? devices : {}).map(([deviceId, content]) => ({
      userId,
      deviceId,
      ...(isJsonObject(content) && typeof content['code'] === 'string' && { code: content['code'] }),
    })),
  );
  return [{ device: request.device, type: decodeURIComponent(type), recipients }];
}
