import type { HttpSend } from '../../core/http/http.ts';
import { createHttpSend, type SendOptions } from '../http/send.ts';

/**
 * Every login comes from another loopback address, so that a limit per address counts per simulated machine. Addresses begin
 * at 127.0.1.1: checks that measure the limit itself use 127.0.0.1.
 */
export function createLoopbackLogins(options: SendOptions): <T>(use: (send: HttpSend) => Promise<T>) => Promise<T> {
  let machines = 0;
  return async (use) => {
    machines++;
    const localAddress = `127.0.${1 + Math.floor(machines / 254)}.${1 + (machines % 254)}`;
    await using send = createHttpSend({ ...options, localAddress });
    return await use(send);
  };
}
