import { UsageError } from '../../core/model/usage-error.ts';
import type { Listen } from '../../load/collector/collector-server.ts';

/** `0.0.0.0:8080`, `localhost:0`, `[::]:8080`; wrong use otherwise. */
export function listenAddress(value: string): Listen {
  const { host = '', port } = /^(?<host>\[[0-9a-f:]+\]|[^:[\]\s]+):(?<port>\d{1,5})$/i.exec(value)?.groups ?? {};
  if (host !== '' && Number(port) < 65_536) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  throw new UsageError({
    en: `--listen must be address:port, e.g. 0.0.0.0:8080, got ${value || 'nothing'}`,
    de: `--listen muss Adresse:Port sein, zum Beispiel 0.0.0.0:8080, nicht ${value || 'nichts'}`,
  });
}
