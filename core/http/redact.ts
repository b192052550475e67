const secretKeys = new Set([
  'access_token',
  'as_token',
  'hs_token',
  'client_secret',
  'code',
  'current_password',
  'login_token',
  'mac',
  'new_password',
  'nonce',
  'password',
  'private_key',
  'refresh_token',
  'registration_shared_secret',
  'session',
  'token',
]);

/** What people write: message text, names and topics, whether sent or received. */
const plaintextKeys = new Set(['body', 'formatted_body', 'topic']);

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);

/** Secrets and message text are replaced where data is recorded, not where it is shown. Keeps shape and lengths. */
export function redactJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactMember(key, inner)]));
}

function redactMember(key: string, value: unknown): unknown {
  if (typeof value === 'string' && secretKeys.has(key.toLowerCase())) return `«secret, ${value.length} characters»`;
  if (typeof value === 'string' && plaintextKeys.has(key)) return `«text, ${value.length} characters»`;
  return redactJson(value);
}

/** The body as it may be stored: redacted JSON, or only its length where it is no JSON. */
export function redactBody(text: string): unknown {
  if (text === '') return '';
  try {
    return redactJson(JSON.parse(text));
  } catch {
    return `«no JSON, ${text.length} characters»`;
  }
}

export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? '«secret»' : value]),
  );
}

/** Tokens may stand in the query string of old clients. */
export function redactUrl(url: string): string {
  return url.replace(/([?&](?:access_token|loginToken|token|client_secret)=)[^&]*/gi, '$1«secret»');
}
