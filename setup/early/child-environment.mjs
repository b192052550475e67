import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { rootCertificates } from 'node:tls';
import { authorityVariables, trustedAuthorities } from './authorities.mjs';

const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
];
const proxyNames = ['http_proxy', 'https_proxy', 'no_proxy'];

/**
 * apt reads proxies only in small letters, some others only in capitals: whichever is set counts for both.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export function proxyVariables(environment) {
  /** @type {Record<string, string>} */
  const added = {};
  for (const small of proxyNames) {
    const capital = small.toUpperCase();
    const value = environment[small] || environment[capital];
    if (!value) continue;
    added[small] = environment[small] || value;
    added[capital] = environment[capital] || value;
    // Node's own fetch looks at the proxy variables only when told to.
    added['NODE_USE_ENV_PROXY'] = '1';
  }
  return added;
}

/** Written by a running npm or Python for its own children; inherited, they would turn ours the wrong way. */
const misleading =
  /^(npm_(lifecycle|package|command|config_local_prefix)|INIT_CWD$|PYTHONHOME$|PYTHONPATH$|PIP_(TARGET|PREFIX|USER)$)/;

/**
 * The environment for npm, pip, go and apt-get: the person's own, with proxy and authorities understood by all of them.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} bundleFile where a combined bundle may be written
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(environment, bundleFile) {
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !misleading.test(name)));
  const trusted = trustedAuthorities(environment);
  const bundle = trusted?.addToSystem ? writeBundle(bundleFile, trusted.file) : trusted?.file;
  return { ...kept, ...proxyVariables(environment), ...(bundle ? authorityVariables(environment, bundle) : {}) };
}

/**
 * @param {string} bundleFile
 * @param {string} extraFile
 */
function writeBundle(bundleFile, extraFile) {
  const system = systemBundles.find((file) => existsSync(file));
  if (!existsSync(extraFile)) {
    throw new Error(`NODE_EXTRA_CA_CERTS names ${extraFile}, which is not there; correct or unset it`);
  }
  const known = system === undefined ? rootCertificates.join('\n') : readFileSync(system, 'utf8');
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, `${known}\n${readFileSync(extraFile, 'utf8')}`);
  return bundleFile;
}
