import { parsedJson } from '../parsed-json.ts';

// Compared without case, `_`, `-` and `.`: access_token, accessToken and Access-Token are the same name.
const plain = (name: string) => name.toLowerCase().replace(/[-_.]/g, '');
const namesOf = (text: string) => new Set(text.trim().split(/\s+/).map(plain));

const secretNames = namesOf(`
  access_token api_key as_token client_secret code code_verifier cookie current_password device_code fallback_keys hs_token
  id_token k login_token mac new_password nonce one_time_keys passphrase password pin private_key pushkey recovery_key refresh_token
  registration_shared_secret secret session session_key shared_secret token user_code
`);

/** What people write: message text, names, topics and search words, whether sent or received. */
const textNames = namesOf(`
  body caption display_name displayname filename formatted_body highlights m.caption m.html m.name m.text m.topic name
  org.matrix.msc1767.html org.matrix.msc1767.text reason search_term status_msg topic
`);

const secretHeaders = namesOf('authorization cookie proxy-authorization set-cookie');
const isSecretHeader = (name: string) => secretHeaders.has(plain(name)) || /token|secret|api-?key|password/i.test(name);

/** Far deeper than anything Matrix answers; a hostile answer must not exhaust the stack. */
const maxDepth = 100;

type Leaf = (value: string | number) => unknown;

const shown: Leaf = (value) => (typeof value === 'string' ? redactUrl(value) : value);
const secret: Leaf = (value) => `«secret, ${String(value).length} characters»`;
const writing: Leaf = (value) => `«text, ${String(value).length} characters»`;

/** Secrets and message text are replaced where data is recorded, not where it is shown. Keeps shape and lengths. */
export function redactJson(value: unknown): unknown {
  return copyOf(value, shown, 0);
}

function copyOf(value: unknown, leaf: Leaf, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'number') return leaf(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === maxDepth) return `«nested deeper than ${maxDepth} levels»`;
  if (Array.isArray(value)) return value.map((inner) => copyOf(inner, leaf, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, copyOf(inner, leafBelow(key, leaf), depth + 1)]),
  );
}

/** Everything below a secret key is secret, however deep. */
function leafBelow(key: string, leaf: Leaf): Leaf {
  if (leaf === secret || secretNames.has(plain(key))) return secret;
  return leaf === writing || textNames.has(plain(key)) ? writing : shown;
}

/** The body as it may be stored: redacted JSON, or only its length where it is no JSON. */
export function redactBody(text: string): unknown {
  if (text === '') return '';
  const value = parsedJson(text);
  if (value === undefined) return `«no JSON, ${text.length} characters»`;
  return copyOf(value, typeof value === 'string' ? writing : shown, 0);
}

export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? '«secret»' : redactUrl(value)]),
  );
}

/** Tokens may stand in a query string, in a fragment or before the host; also finds URLs inside a longer text. */
export function redactUrl(text: string): string {
  return text
    .replace(/(:\/\/)[^/?#@\s]+@/g, '$1«secret»@')
    .replace(/([?&;#])([^=?&;#\s"]+)=[^&;#\s"]+/g, (pair, mark: string, name: string) =>
      secretNames.has(plain(decoded(name))) ? `${mark}${name}=«secret»` : pair,
    );
}

const decoded = (name: string) =>
  name.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
