/** Directives by name, each with its sources in lower case; of two with the same name the first counts, as in browsers. */
export type ContentSecurityPolicy = ReadonlyMap<string, readonly string[]>;

/** Several policies are joined by commas in one header; only the first is read, which is stricter to the server than browsers are. */
export function parseContentSecurityPolicy(header: string): ContentSecurityPolicy {
  const [first = ''] = header.split(',');
  const directives = new Map<string, readonly string[]>();
  for (const part of first.split(';')) {
    const [name, ...sources] = part.trim().toLowerCase().split(/\s+/);
    if (name !== undefined && name !== '' && !directives.has(name)) directives.set(name, sources);
  }
  return directives;
}

// With a nonce or a hash browsers ignore 'unsafe-inline', so it is harmless beside them.
const isNonceOrHash = (source: string): boolean => /^'(nonce|sha256|sha384|sha512)-/.test(source);

const opensScripts = new Set(["'unsafe-inline'", "'unsafe-eval'", '*', 'http:', 'https:', 'data:', 'blob:']);

/** Sources that let foreign code run; undefined when the policy does not restrict scripts at all. */
export function openScriptSources(policy: ContentSecurityPolicy): readonly string[] | undefined {
  const sources = policy.get('script-src') ?? policy.get('default-src');
  if (sources === undefined) return undefined;
  const isGuarded = sources.some(isNonceOrHash);
  return sources.filter((source) => opensScripts.has(source) && !(isGuarded && source === "'unsafe-inline'"));
}

/** Whether pages of others are kept from framing this one. */
export function restrictsFraming(policy: ContentSecurityPolicy): boolean {
  const sources = policy.get('frame-ancestors');
  return sources !== undefined && !sources.some((source) => ['*', 'http:', 'https:'].includes(source));
}
