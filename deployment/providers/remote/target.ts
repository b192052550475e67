import type { Capability } from '../../../core/model/capability.ts';
import type { Permissions, Target } from '../../../core/model/target.ts';
import type { TargetPermissions } from '../../../schemas/suite/target-file.ts';
import type { ToolPaths } from '../../provider.ts';
import type { Probed } from './probe.ts';
import type { TargetSource } from './read-target.ts';

export function remoteTarget(source: TargetSource, tools: ToolPaths, probed: Probed): Target {
  const { name, serverName, homeserverUrl, clientUrl, adminUrl, proxy, permissions } = source.file;
  const { synapseVersion } = probed;
  return {
    name,
    provider: 'remote',
    serverName,
    homeserverUrl,
    ...(clientUrl === undefined ? {} : { clientUrl }),
    ...(adminUrl === undefined ? {} : { adminUrl }),
    ...(source.caCertificates === undefined ? {} : { caCertificates: source.caCertificates }),
    ...(proxy === undefined ? {} : { proxyUrl: proxy }),
    capabilities: capabilitiesOf(source, tools, probed),
    permissions: permissionsFrom(permissions),
    versions: synapseVersion === undefined ? {} : { synapse: synapseVersion },
    absentComponents: [],
  };
}

export function permissionsFrom({ mayMutate, mayStress, until, grantedBy }: TargetPermissions): Permissions {
  const { users, messagesPerSecond } = mayStress;
  return {
    mayMutate,
    mayStressUsers: users,
    ...(messagesPerSecond === undefined ? {} : { mayStressMessagesPerSecond: messagesPerSecond }),
    until,
    grantedBy,
  };
}

/** What is declared and what the target offered; never the database. */
function capabilitiesOf({ file, accounts, adminToken }: TargetSource, tools: ToolPaths, probed: Probed): Capability[] {
  const holds: Readonly<Partial<Record<Capability, boolean>>> = {
    accounts: accounts.length > 0,
    passwordAccounts: accounts.some((account) => 'password' in account),
    passwordLogin: probed.offersPasswordLogin,
    admin: file.adminUrl !== undefined && adminToken !== undefined,
    tls: file.homeserverUrl.startsWith('https:'),
    webClient: file.clientUrl !== undefined,
    chromium: tools.chromium !== undefined,
    k6: tools.k6 !== undefined,
    mayMutate: file.permissions.mayMutate,
    mayStress: file.permissions.mayStress.users > 0,
  };
  return (Object.keys(holds) as Capability[]).filter((capability) => holds[capability]);
}
