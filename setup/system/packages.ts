import { existsSync, readFileSync } from 'node:fs';
import { findExecutable } from '../lib/find-executable.ts';
import { type LocatedTools, locateTools } from '../locate.ts';
import type { PartName } from '../parts.ts';

/** For whom the machine is set up: our own tests need more than a run. */
export type Purpose = 'start' | 'test';

export interface SystemPart {
  readonly part: PartName;
  readonly purposes: readonly Purpose[];
  readonly packages: readonly string[];
  /** Services the packages bring, which the bench does not use: it starts servers of its own on free ports. */
  readonly services: readonly string[];
  isThere(located: LocatedTools): boolean;
}

const always: readonly Purpose[] = ['start', 'test'];

export const systemParts: readonly SystemPart[] = [
  {
    part: 'chromium',
    purposes: always,
    // Without the sandbox package Chromium refuses people who are not root; without a font it draws boxes.
    packages: ['chromium', 'chromium-sandbox', 'fonts-liberation'],
    services: [],
    isThere: ({ chromium }) => chromium !== undefined,
  },
  {
    part: 'nginx',
    purposes: always,
    packages: ['nginx'],
    services: ['nginx.service'],
    isThere: ({ nginx }) => nginx !== undefined,
  },
  {
    part: 'postgresql',
    purposes: always,
    packages: ['postgresql'],
    services: ['postgresql.service'],
    isThere: ({ postgres }) => postgres !== undefined,
  },
  {
    part: 'python',
    purposes: always,
    packages: ['python3', 'python3-venv'],
    services: [],
    isThere: ({ synapse }) => synapse !== undefined || hasPythonWithVenv(),
  },
  {
    part: 'redis',
    purposes: ['test'],
    packages: ['redis-server'],
    services: ['redis-server.service'],
    isThere: ({ redis }) => redis !== undefined,
  },
];

export function missingSystemParts(purpose: Purpose, located = locateTools()): readonly SystemPart[] {
  return systemParts.filter(({ purposes, isThere }) => purposes.includes(purpose) && !isThere(located));
}

export const packagesOf = (missing: readonly SystemPart[]): readonly string[] =>
  missing.flatMap(({ packages }) => packages);

/** Exactly what a person types to get the packages. */
export const installCommand = (packages: readonly string[]): string =>
  `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Debian or one of its kin, where the package names above hold. */
export function isDebian(osRelease = readOsRelease()): boolean {
  const ids = osRelease
    .split('\n')
    .filter((line) => /^ID(_LIKE)?=/.test(line))
    .flatMap((line) =>
      line
        .replace(/^ID(_LIKE)?=/, '')
        .replaceAll('"', '')
        .split(' '),
    );
  return ids.includes('debian') || ids.includes('ubuntu');
}

function readOsRelease(): string {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

/** Debian without python3-venv lacks ensurepip, which each Python has beside its standard library. */
function hasPythonWithVenv(): boolean {
  const minors = ['3.11', '3.12', '3.13', '3.14'];
  if (minors.some((minor) => existsSync(`/usr/lib/python${minor}/ensurepip`))) return true;
  // A Python from elsewhere comes whole.
  const others = minors.map((minor) => findExecutable([`python${minor}`], process.env['PATH'] ?? ''));
  return others.some((path) => path !== undefined && !path.startsWith('/usr/bin/'));
}
