import { join } from 'node:path';
import type { Bench } from '../../core/model/bench.ts';
import { cryptoVersions } from '../../e2e/lib/sdk/crypto-versions.ts';
import { clientLibraryVersion, packageJson } from '../../setup/lib/package-json.ts';
import { versionOf } from '../../setup/lib/version-of.ts';
import { repositoryRoot } from '../../setup/places.ts';

/** Versions of everything a result was seen with, the target's own parts among them: without them no finding can be repeated. */
export async function instrumentVersions({ target, tools }: Bench): Promise<Readonly<Record<string, string>>> {
  const [k6, chromium, crypto] = await Promise.all([
    versionOf(tools.k6, ['version']),
    versionOf(tools.chromium, ['--version']),
    // A library that does not load is told by the flows it breaks.
    cryptoVersions().catch(() => ({})),
  ]);
  const isOurClient = target.provider !== 'remote' && target.clientUrl !== undefined;
  const versions = {
    ...target.versions,
    ...(isOurClient && { 'matrix-react-sdk': clientLibraryVersion() }),
    node: process.versions.node,
    k6,
    chromium,
    'matrix-js-sdk': versionOfPackage('matrix-js-sdk'),
    'matrix-sdk-crypto-wasm': versionOfPackage('@matrix-org/matrix-sdk-crypto-wasm'),
    ...crypto,
    'axe-core': versionOfPackage('axe-core'),
    ajv: versionOfPackage('ajv'),
  };
  return Object.fromEntries(Object.entries(versions).flatMap(([name, found]) => (found ? [[name, found]] : [])));
}

const versionOfPackage = (name: string): string => packageJson(join(repositoryRoot, 'node_modules', name)).version;
