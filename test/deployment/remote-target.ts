import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../../core/model/bench.ts';
import type { TargetFile } from '../../schemas/suite/target-file.ts';

export interface RemoteFixture {
  readonly targetFile: string;
  readonly runFolder: string;
}

/** A target file, in a new folder within the given one, about a running deployment, with people who have a password and people who have a token. */
export async function describeRemote(
  within: string,
  { accounts, target }: Bench,
  people: {
    readonly passwords: number;
    readonly tokens: number;
    readonly requestsPerSecond?: number;
    readonly changes?: Partial<TargetFile>;
  },
): Promise<RemoteFixture> {
  const folder = mkdtempSync(join(within, 'remote-'));
  const withPassword = await Promise.all(
    Array.from({ length: people.passwords }, async () => {
      const { userId, password } = await accounts.lease('remote', 'ordinary');
      return { userId, password };
    }),
  );
  const withToken = await Promise.all(
    Array.from({ length: people.tokens }, async () => accounts.login(await accounts.lease('remote'), 'given')),
  );
  const file = {
    name: 'Probe',
    serverName: target.serverName,
    homeserverUrl: target.homeserverUrl,
    ...(target.caCertificates === undefined ? {} : { caCertificates: target.caCertificates }),
    accounts: [...withPassword, ...withToken],
    permissions: {
      mayMutate: true,
      mayStress: { users: 0 },
      ...(people.requestsPerSecond !== undefined && { requestsPerSecond: people.requestsPerSecond }),
      until: new Date(Date.now() + 3_600_000).toISOString(),
      grantedBy: { name: 'Frau Beispiel', role: 'Betriebsleitung', date: '2026-11-01' },
    },
    ...people.changes,
  };
  const targetFile = join(folder, 'target.json');
  writeFileSync(targetFile, JSON.stringify(file));
  return { targetFile, runFolder: join(folder, 'run') };
}
