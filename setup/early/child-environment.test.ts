import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childEnvironment, proxyVariables } from './child-environment.mjs';

const folder = mkdtempSync(join(tmpdir(), 'child-environment-'));
const bundle = join(folder, 'authorities.pem');

describe('certificate authorities', () => {
  test.each(['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'CURL_CA_BUNDLE', 'npm_config_cafile'])(
    '%s alone is passed on to npm, pip, Go and Node',
    (name) => {
      expect(childEnvironment({ [name]: '/etc/our-ca.pem' }, bundle)).toMatchObject({
        SSL_CERT_FILE: '/etc/our-ca.pem',
        REQUESTS_CA_BUNDLE: '/etc/our-ca.pem',
        PIP_CERT: '/etc/our-ca.pem',
        NODE_EXTRA_CA_CERTS: '/etc/our-ca.pem',
      });
    },
  );

  test('NODE_EXTRA_CA_CERTS alone becomes a bundle with the public authorities, which the others would lose', () => {
    const extra = join(folder, 'extra.pem');
    writeFileSync(extra, 'OUR AUTHORITY');
    const environment = childEnvironment({ NODE_EXTRA_CA_CERTS: extra }, bundle);
    expect(environment).toMatchObject({ NODE_EXTRA_CA_CERTS: extra, PIP_CERT: bundle, SSL_CERT_FILE: bundle });
    expect(readFileSync(bundle, 'utf8')).toMatch(/BEGIN CERTIFICATE[\s\S]*OUR AUTHORITY/);
  });

  test('a file that is not there is told by the name of its variable', () => {
    expect(() => childEnvironment({ NODE_EXTRA_CA_CERTS: '/nowhere.pem' }, bundle)).toThrow(
      'NODE_EXTRA_CA_CERTS names /nowhere.pem, which is not there',
    );
  });

  test('what a person set stays', () => {
    const environment = childEnvironment({ SSL_CERT_FILE: '/a.pem', PIP_CERT: '/b.pem' }, bundle);
    expect(environment['PIP_CERT']).toBe('/b.pem');
  });

  test('nothing is added where nothing is set', () => {
    expect(childEnvironment({ PATH: '/bin' }, bundle)).toEqual({ PATH: '/bin' });
  });
});

describe('proxies', () => {
  test('a proxy in capitals is told in small letters too, and Node is told to look', () => {
    expect(proxyVariables({ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'intranet' })).toEqual({
      https_proxy: 'http://proxy:3128',
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: 'intranet',
      NO_PROXY: 'intranet',
      NODE_USE_ENV_PROXY: '1',
    });
  });
});

test('what a running npm or a foreign Python says about itself is not passed on', () => {
  const noise = {
    npm_lifecycle_event: 'prestart',
    npm_package_name: 'x',
    INIT_CWD: '/',
    PYTHONHOME: '/x',
    PIP_TARGET: '/y',
  };
  expect(childEnvironment({ ...noise, npm_config_registry: 'https://r' }, bundle)).toEqual({
    npm_config_registry: 'https://r',
  });
});
