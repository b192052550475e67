import { existsSync } from 'node:fs';

const packages = ['ca-certificates', 'python3', 'python3-venv', 'postgresql', 'nginx-light', 'redis-server'];

/** Settings of pip that may come from a corporate network; files among them are copied in for the build only. */
const forwarded = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_DEFAULT_TIMEOUT',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** Arguments for mmdebstrap: a Debian 12 with Synapse in /opt/synapse, written to `archive`. */
export function bootstrapArguments(requirements: string, archive: string, env = process.env): string[] {
  const authorities = [env['PIP_CERT'], env['REQUESTS_CA_BUNDLE'], env['SSL_CERT_FILE']].find(
    (path) => path !== undefined && existsSync(path),
  );
  const trust = authorities === undefined ? [] : [`upload ${authorities} /tmp/authorities.pem`];
  const settings = forwarded.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${shellQuoted(env[name])}`]));
  const certificates =
    authorities === undefined ? [] : ['PIP_CERT=/tmp/authorities.pem', 'REQUESTS_CA_BUNDLE=/tmp/authorities.pem'];
  const pip = [
    'env -i PATH=/usr/bin:/bin PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1',
    ...settings,
    ...certificates,
    '/opt/synapse/bin/pip install --quiet --require-hashes --only-binary :all: --requirement /tmp/requirements.txt',
  ].join(' ');
  return [
    '--variant=minbase',
    '--quiet',
    `--include=${packages.join(',')}`,
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    ...[...trust, `upload ${requirements} /tmp/requirements.txt`].map((hook) => `--customize-hook=${hook}`),
    '--customize-hook=chroot "$1" python3 -m venv /opt/synapse',
    `--customize-hook=chroot "$1" ${pip}`,
    '--customize-hook=rm -rf "$1"/tmp/* "$1"/var/lib/postgresql/*/main "$1"/etc/postgresql/*/main "$1"/var/cache/apt/*',
    'bookworm',
    archive,
  ];
}

const shellQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
