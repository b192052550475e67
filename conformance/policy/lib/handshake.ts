import { isIP } from 'node:net';
import {
  connect as connectTls,
  getCACertificates,
  type PeerCertificate,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls';
import { connect } from './connect.ts';
import { type Endpoint, endpointName } from './endpoint.ts';

export type { SecureVersion } from 'node:tls';

/** What became of one attempt to begin TLS in exactly one version. */
export type Handshake = { readonly at: string; readonly offered: SecureVersion } & (
  | AcceptedHandshake
  | { readonly kind: 'refused'; readonly reason: string }
);

export interface AcceptedHandshake {
  readonly kind: 'accepted';
  readonly cipher: string;
  /** Why the certificate is not trusted, absent when it is. */
  readonly distrust?: string;
  /** ISO 8601. */
  readonly validUntil: string;
  readonly names: string;
}

const timeoutMs = 10_000;

// Old versions need signatures and ciphers that OpenSSL offers at this level only.
const everyCipher = 'DEFAULT:@SECLEVEL=0';

/** Never rejects because of what the server does once it is reached: silence and resets are refusals too. */
export async function handshake(endpoint: Endpoint, version: SecureVersion): Promise<Handshake> {
  const socket = connectTls({
    socket: await connect(endpoint),
    // Server names are no addresses (RFC 6066).
    ...(isIP(endpoint.host) === 0 && { servername: endpoint.host }),
    host: endpoint.host,
    minVersion: version,
    maxVersion: version,
    ciphers: everyCipher,
    ca: [...getCACertificates('default'), ...getCACertificates('system'), ...endpoint.authorities],
    // The certificate is judged by the check, not by the connection.
    rejectUnauthorized: false,
  });
  const base = { at: endpointName(endpoint), offered: version };
  try {
    return { ...base, ...(await settled(socket)) };
  } finally {
    socket.destroy();
  }
}

function settled(socket: TLSSocket): Promise<AcceptedHandshake | { kind: 'refused'; reason: string }> {
  return new Promise((resolve) => {
    const refuse = (reason: string) => resolve({ kind: 'refused', reason });
    socket.setTimeout(timeoutMs, () => refuse(`no answer within ${timeoutMs} ms`));
    socket.on('error', (error) => refuse('code' in error ? String(error.code) : error.message));
    socket.once('close', () => refuse('connection closed'));
    socket.once('secureConnect', () => resolve(acceptedBy(socket)));
  });
}

function acceptedBy(socket: TLSSocket): AcceptedHandshake {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const { valid_to, subjectaltname } = certificate;
  return {
    kind: 'accepted',
    cipher: socket.getCipher().standardName,
    ...(!socket.authorized && { distrust: String(socket.authorizationError) }),
    validUntil: valid_to === undefined ? 'unknown' : new Date(valid_to).toISOString(),
    names: subjectaltname ?? '',
  };
}
