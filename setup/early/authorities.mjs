/** Every client has its own variable for the certificate authorities it trusts; the first that is set decides. */
const replacing = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'CURL_CA_BUNDLE', 'npm_config_cafile'];
const derived = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'NODE_EXTRA_CA_CERTS'];

/**
 * Which file each client is to trust, from the one variable a person set.
 * NODE_EXTRA_CA_CERTS adds to what is trusted while the others replace it: alone it must not take the public
 * authorities away from pip and Go, so a bundle of both is asked for.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ file: string, addToSystem: boolean } | undefined}
 */
export function trustedAuthorities(environment) {
  for (const name of replacing) {
    const file = environment[name];
    if (file) return { file, addToSystem: false };
  }
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  return extra ? { file: extra, addToSystem: true } : undefined;
}

/**
 * The variables to add so that npm, pip, Go and Node trust the same; what a person set stays.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} bundle
 * @returns {Record<string, string>}
 */
export function authorityVariables(environment, bundle) {
  return Object.fromEntries(derived.filter((name) => !environment[name]).map((name) => [name, bundle]));
}
