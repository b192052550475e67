import type { HttpSend } from '../../core/http/http.ts';
import type { Target } from '../../core/model/target.ts';
import { createHttpSend, type SendOptions } from '../http/send.ts';

/** Where and how a login is sent so that the server sees a machine of its own. */
export interface LoginPath {
  readonly send: HttpSend;
  readonly homeserverUrl: string;
}

/**
 * Calls back with a path from a simulated machine nobody used before: limits per address count per machine, as they would for
 * people at their desks. Checks that measure the limit itself send from 127.0.0.1 on their own.
 */
export type MachineLogins = <T>(use: (path: LoginPath) => Promise<T>) => Promise<T>;

/** Each from another loopback address, beginning at 127.0.1.1, through the edge. */
export function createLoopbackLogins(target: Target, options: SendOptions): MachineLogins {
  let machines = 0;
  return async (use) => {
    machines++;
    const localAddress = `127.0.${1 + Math.floor(machines / 254)}.${1 + (machines % 254)}`;
    await using send = createHttpSend({ ...options, localAddress });
    return await use({ send, homeserverUrl: target.homeserverUrl });
  };
}

/**
 * A container engine hides where a request came from. The internal port, which no edge protects, believes the header that
 * the edge would set; addresses are those kept for documentation.
 */
export function createForwardedLogins(adminUrl: string, send: HttpSend): MachineLogins {
  let machines = 0;
  return (use) => {
    machines++;
    const address = `198.${18 + Math.floor(machines / 65_536)}.${Math.floor(machines / 256) % 256}.${machines % 256}`;
    const forwarded: HttpSend = (request) =>
      send({ ...request, headers: { ...request.headers, 'x-forwarded-for': address } });
    return use({ send: forwarded, homeserverUrl: adminUrl });
  };
}
