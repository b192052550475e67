import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage */
/** @typedef {Record<string, LockedPackage>} LockedPackages */

const stampName = join('node_modules', '.pruefstand-lock');

/**
 * Whether node_modules is what package-lock.json says; one small hash instead of a look at every package.
 * @param {string} folder
 */
export function modulesAreStamped(folder) {
  const stamp = join(folder, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === contentHash(folder, ['package-lock.json']);
}

/** @param {string} folder */
export function stampModules(folder) {
  writeFileSync(join(folder, stampName), contentHash(folder, ['package-lock.json']));
}

/**
 * Whether npm itself noted, when it last finished, that it installed what package-lock.json asks for on this machine.
 * @param {string} folder
 */
export function npmInstalledAll(folder) {
  const note = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  return packagesMatch(packagesOf(join(folder, 'package-lock.json')), packagesOf(note), process.arch);
}

/**
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 * @param {string} arch
 */
export function packagesMatch(wanted, installed, arch) {
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, entry]) => {
      const found = installed[path];
      if (found === undefined) return entry.optional === true && !isMadeFor(entry, arch);
      return found.version === entry.version && found.integrity === entry.integrity;
    });
}

/**
 * Programs for this very kind of machine may not be missing, though they are optional; other optional packages may,
 * such as what only a program for another kind would have used.
 * @param {LockedPackage} entry
 * @param {string} arch
 */
function isMadeFor({ os, cpu, libc }, arch) {
  if (os === undefined && cpu === undefined) return false;
  return (os?.includes('linux') ?? true) && (cpu?.includes(arch) ?? true) && (libc?.includes('glibc') ?? true);
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
