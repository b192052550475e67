import { isJsonObject } from '../json.ts';

/** As the specification marks what was added: 1.1 … 1.19; 1.0 stands for the releases before, r0.x. */
export type SpecVersion = `1.${number}`;

/** The text everything here was imported from. */
export const newestVersion: SpecVersion = '1.19';

/** Version 1.1 … 1.19, oldest first. */
export const specVersions: readonly SpecVersion[] = Array.from(
  { length: minorOf(newestVersion) },
  (_, index) => `1.${index + 1}` as const,
);

const beforeVersions: SpecVersion = '1.0';

/** The newest version known here that a server names in its answer to GET /_matrix/client/versions; undefined when it names none. */
export function newestAdvertised(body: unknown): SpecVersion | undefined {
  const versions: unknown = isJsonObject(body) ? body['versions'] : undefined;
  const names = Array.isArray(versions) ? versions.map(String) : [];
  const known = specVersions.findLast((version) => names.includes(`v${version}`));
  return known ?? (names.some((name) => /^r0\.\d+\.\d+$/.test(name)) ? beforeVersions : undefined);
}

/** Whether something marked as added there is too new for a server of this version; without a version nothing is. */
export function isAfter(added: unknown, version: SpecVersion | undefined): boolean {
  return typeof added === 'string' && version !== undefined && minorOf(added) > minorOf(version);
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
