import { getVersions, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';

/** What the cryptography inside the devices says it was built of: library → version. */
export async function cryptoVersions(): Promise<Readonly<Record<string, string>>> {
  await initAsync();
  using versions = getVersions();
  return { 'matrix-sdk-crypto': versions.matrix_sdk_crypto, vodozemac: versions.vodozemac };
}
