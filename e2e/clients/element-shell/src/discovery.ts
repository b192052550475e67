import { AutoDiscovery } from 'matrix-js-sdk/src/matrix';
import type { ShellConfig, ValidatedServerConfig } from 'matrix-react-sdk/src/SdkConfig';
import AutoDiscoveryUtils from 'matrix-react-sdk/src/utils/AutoDiscoveryUtils';

/** Asks the homeserver itself; one that does not answer is left for the login page to explain (`syntaxOnly`). */
export async function discoverServer({
  default_server_config: wellKnown,
}: ShellConfig): Promise<ValidatedServerConfig> {
  const discovered = await AutoDiscovery.fromDiscoveryConfig(wellKnown);
  const serverName = wellKnown['m.homeserver'].server_name;
  const validated = await AutoDiscoveryUtils.buildValidatedConfigFromDiscovery(serverName, discovered, true);
  return { ...validated, isDefault: true };
}
