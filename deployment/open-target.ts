import { RigError } from '../core/model/rig-error.ts';
import type { AbsentComponent } from '../core/model/target.ts';
import type { Deployment } from './provider.ts';

export interface OpenedReference {
  readonly data: {
    readonly homeserverUrl: string;
    readonly serverName: string;
    readonly clientUrl?: string;
    readonly adminUrl?: string;
    readonly caCertificates?: string;
    readonly accounts: readonly { readonly userId: string; readonly password: string }[];
    readonly absentComponents: readonly AbsentComponent[];
  };
  /** The same for people. */
  readonly text: string;
}

/** Two people's accounts and every address, for exploring a deployment by hand. */
export async function openReference({ bench }: Deployment): Promise<OpenedReference> {
  const { homeserverUrl, serverName, clientUrl, adminUrl, caCertificates, absentComponents } = bench.target;
  const accounts = await Promise.all(
    ['alice', 'bob'].map((label) => personOf(bench.accounts.lease(label, 'ordinary'))),
  );
  const addresses = {
    homeserverUrl,
    serverName,
    ...(clientUrl === undefined ? {} : { clientUrl }),
    ...(adminUrl === undefined ? {} : { adminUrl }),
    ...(caCertificates === undefined ? {} : { caCertificates }),
  };
  return { data: { ...addresses, accounts, absentComponents }, text: textOf(addresses, accounts) };
}

type Addresses = Omit<OpenedReference['data'], 'accounts' | 'absentComponents'>;

async function personOf(leased: Promise<{ readonly userId: string; readonly password?: string }>) {
  const { userId, password } = await leased;
  if (password === undefined) throw new RigError('defect', `the account ${userId} was made without a password`);
  return { userId, password };
}

function textOf(addresses: Addresses, accounts: OpenedReference['data']['accounts']): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Web client', addresses.clientUrl],
    ['Homeserver', addresses.homeserverUrl],
    ['Administration', addresses.adminUrl],
    ['Certificate authority', addresses.caCertificates],
    ...accounts.map(({ userId, password }) => ['Account', `${userId}  ${password}`] as const),
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(22)}${value}`])).join('\n');
}
