import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';

/** One clear line from whatever the network threw: where, why and, where a person can help, what to do. */
export function unreachable(url: URL, method: string, thrown: unknown): RigError {
  const code = codeOf(thrown);
  const text = explained(hostAndPort(url), code) ?? brokenOff(url, method, `${code} ${messageOf(thrown)}`.trim());
  return new RigError('targetUnreachable', text, { cause: thrown });
}

export const hostAndPort = (url: URL): string =>
  `${url.hostname}:${url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port}`;

function explained(where: string, code: string): Text | undefined {
  const known = explanations[code];
  return known && { de: `${where}: ${known.de}`, en: `${where}: ${known.en}` };
}

const brokenOff = (url: URL, method: string, detail: string): Text => ({
  de: `${hostAndPort(url)} hat ${method} ${url.pathname} nicht zu Ende beantwortet (${detail}).`,
  en: `${hostAndPort(url)} did not answer ${method} ${url.pathname} to its end (${detail}).`,
});

const untrusted = {
  de: 'Dem TLS-Zertifikat wird nicht vertraut; die ausstellende Stelle als PEM-Datei unter „caCertificates“ angeben.',
  en: 'the TLS certificate is not trusted; name its authority as a PEM file under "caCertificates".',
};

const explanations: Readonly<Record<string, { readonly de: string; readonly en: string }>> = {
  ECONNREFUSED: {
    de: 'Verbindung abgelehnt; läuft der Dienst, stimmt der Port?',
    en: 'connection refused; is the service running and the port right?',
  },
  ENOTFOUND: {
    de: 'Der Name ist im DNS unbekannt; Schreibweise und Netz prüfen.',
    en: 'the name is unknown to DNS; check spelling and network.',
  },
  EAI_AGAIN: {
    de: 'Das DNS antwortet nicht; Netz und Namensauflösung prüfen.',
    en: 'DNS does not answer; check network and name resolution.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    de: 'Das TLS-Zertifikat gilt für andere Namen; die Adresse im Ziel oder das Zertifikat berichtigen.',
    en: 'the TLS certificate is for other names; correct the address of the target or the certificate.',
  },
  CERT_HAS_EXPIRED: {
    de: 'Das TLS-Zertifikat ist abgelaufen; der Betreiber muss es erneuern.',
    en: 'the TLS certificate has expired; its operator must renew it.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_SSL_WRONG_VERSION_NUMBER: {
    de: 'Dort wird kein TLS gesprochen; stimmen „https“ und der Port?',
    en: 'no TLS is spoken there; are "https" and the port right?',
  },
};

function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && error.code in explanations) return error.code;
    if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  }
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

function messageOf(thrown: unknown): string {
  const innermost = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return (innermost instanceof Error ? innermost.message : String(innermost)).split('\n', 1)[0] ?? '';
}
