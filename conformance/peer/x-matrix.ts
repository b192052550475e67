import type { JsonObject } from '../../schemas/json.ts';
import { stringAt } from '../lib/json.ts';
import type { ServerIdentity } from './identity.ts';

/** What one homeserver asks another, as it is signed. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly uri: string;
  readonly destination: string;
  readonly content?: unknown;
}

/** The header by which a homeserver shows who asks: https://spec.matrix.org/v1.19/server-server-api/#request-authentication */
export function authorization(request: SignedRequest, by: ServerIdentity): string {
  const { keyName, serverName: origin } = by;
  const key = `ed25519:${keyName}`;
  const signature = stringAt(by.signed({ ...request, origin } satisfies JsonObject), ['signatures', origin, key]);
  const parts = { origin, destination: request.destination, key, sig: signature };
  return `X-Matrix ${Object.entries(parts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`;
}
