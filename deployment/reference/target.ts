import type { Capability } from '../../core/model/capability.ts';
import type { AbsentComponent, Permissions, Target } from '../../core/model/target.ts';
import type { ToolPaths } from '../provider.ts';
import { absentComponents, alteredComponents } from './absent-components.ts';

export interface ReferenceAddresses {
  readonly serverName: string;
  readonly homeserverUrl: string;
  readonly adminUrl: string;
  readonly clientUrl?: string | undefined;
  /** PEM file; absent where no edge speaks TLS. */
  readonly caCertificates?: string | undefined;
}

export interface ReferenceFacts {
  readonly provider: 'process' | 'container';
  readonly addresses: ReferenceAddresses;
  readonly versions: Readonly<Record<string, string>>;
  readonly tools: ToolPaths;
  readonly hasPostgres: boolean;
  readonly hasWorkers: boolean;
}

const thirtyDaysMs = 30 * 24 * 3_600_000;

export function referenceTarget(facts: ReferenceFacts): Target & { readonly adminUrl: string } {
  const { serverName, homeserverUrl, adminUrl, clientUrl, caCertificates } = facts.addresses;
  return {
    name: 'Referenzsystem',
    provider: facts.provider,
    serverName,
    homeserverUrl,
    adminUrl,
    ...(clientUrl === undefined ? {} : { clientUrl }),
    ...(caCertificates === undefined ? {} : { caCertificates }),
    capabilities: capabilitiesOf(facts),
    permissions: ownPermissions(new Date()),
    versions: facts.versions,
    absentComponents: absentFrom(facts),
  };
}

function capabilitiesOf({ addresses, tools }: ReferenceFacts): Capability[] {
  const always = [
    'accounts',
    'passwordAccounts',
    'disposableAccounts',
    'passwordLogin',
    'admin',
    'database',
    'mayMutate',
    'mayStress',
  ] as const;
  const present: Capability[] = [...always];
  if (addresses.caCertificates !== undefined) present.push('tls');
  if (addresses.clientUrl !== undefined) present.push('webClient');
  if (tools.chromium !== undefined) present.push('chromium');
  if (tools.k6 !== undefined) present.push('k6');
  return present;
}

/** The deployment is ours and lives only for the run. */
function ownPermissions(now: Date): Permissions {
  return {
    mayMutate: true,
    mayStressUsers: 200_000,
    until: new Date(now.getTime() + thirtyDaysMs).toISOString(),
    grantedBy: { name: 'Prüfstand', role: 'eigenes Referenzsystem', date: now.toISOString().slice(0, 10) },
  };
}

function absentFrom(facts: ReferenceFacts): AbsentComponent[] {
  const absent: AbsentComponent[] = [...absentComponents, alteredComponents.passwordHashing];
  if (facts.addresses.caCertificates === undefined) absent.push(alteredComponents.edge);
  if (!facts.hasPostgres) absent.push(alteredComponents.postgres);
  if (!facts.hasWorkers) absent.push(alteredComponents.workers);
  return absent;
}
