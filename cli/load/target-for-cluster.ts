import { UsageError } from '../../core/model/usage-error.ts';
import type { TargetSource } from '../../deployment/providers/remote/read-target.ts';
import { isLoopback } from '../../load/generator/loopback.ts';
import { authoritiesPath } from '../../load/kubernetes/collector.ts';
import type { TargetFile } from '../../schemas/suite/target-file.ts';

/**
 * The target file as the collector finds it: secrets filled in, because neither this machine's variables nor its files are
 * there, and no more accounts than the load needs. Throws UsageError for addresses that only this machine reaches.
 */
export function targetForCluster(
  { path, file, accounts, adminToken, caCertificates }: TargetSource,
  users: number,
): TargetFile {
  for (const url of [file.homeserverUrl, file.adminUrl]) {
    if (url !== undefined && isLoopback(url)) throw onlyHere(path, url);
  }
  return {
    ...file,
    accounts: accounts.slice(0, users),
    ...(adminToken !== undefined && { adminToken }),
    ...(caCertificates !== undefined && { caCertificates: authoritiesPath }),
  };
}

function onlyHere(path: string, url: string): UsageError {
  return new UsageError({
    en: `${path} names ${url}, which a cluster does not reach: give the address others reach the target at`,
    de: `${path} nennt ${url}, das ein Cluster nicht erreicht: die Adresse angeben, unter der andere das Ziel erreichen`,
  });
}
