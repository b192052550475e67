import type { Target } from '../../../core/model/target.ts';

/** Where TLS is spoken, and whom to trust there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** PEM texts trusted beside Node's own and the system's authorities. */
  readonly authorities: readonly string[];
  readonly proxyUrl?: string;
}

export const endpointName = ({ host, port }: Endpoint): string => `${host}:${port}`;

/** Every public address of the target that speaks TLS, each once. */
export function endpointsOf(target: Target, authorities: readonly string[]): readonly Endpoint[] {
  const urls = [target.homeserverUrl, target.clientUrl].flatMap((url) => (url === undefined ? [] : [new URL(url)]));
  const byName = new Map<string, Endpoint>();
  for (const url of urls.filter(({ protocol }) => protocol === 'https:')) {
    const endpoint: Endpoint = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 443 : Number(url.port),
      authorities,
      ...(target.proxyUrl !== undefined && { proxyUrl: target.proxyUrl }),
    };
    byName.set(endpointName(endpoint), endpoint);
  }
  return [...byName.values()];
}
