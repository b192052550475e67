import type { Certificates } from './certificates.ts';
import { clientConfiguration } from './client-configuration.ts';
import { type EdgePlan, edgeConfiguration, edgeFiles } from './edge.ts';
import { legalPages } from './legal-pages.ts';
import { wellKnownClient, wellKnownSupport } from './well-known.ts';

/** File of the edge's configuration in its folder. */
export const edgeConfigurationFile = 'nginx.conf';

/** Everything nginx reads at its start: name → text. */
export function edgeTexts(
  plan: EdgePlan,
  addresses: { readonly serverName: string; readonly clientUrl: string },
  certificates: Certificates,
): Readonly<Record<string, string>> {
  const { homeserverUrl } = plan;
  return {
    [edgeConfigurationFile]: edgeConfiguration(plan),
    [edgeFiles.certificate]: certificates.certificate,
    [edgeFiles.key]: certificates.key,
    [edgeFiles.wellKnownClient]: JSON.stringify(wellKnownClient(homeserverUrl)),
    [edgeFiles.wellKnownSupport]: JSON.stringify(wellKnownSupport(homeserverUrl)),
    [edgeFiles.clientConfiguration]: JSON.stringify(
      clientConfiguration(homeserverUrl, addresses.serverName, addresses.clientUrl),
    ),
    [edgeFiles.datenschutz]: legalPages.datenschutz,
    [edgeFiles.impressum]: legalPages.impressum,
  };
}
