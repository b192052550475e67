import type { HttpSend } from '../../../core/http/http.ts';
import { createHttpSend } from '../../http/send.ts';
import type { Ledger } from '../../ledger.ts';
import { createNotingSend } from './noting-send.ts';
import { paced } from './paced.ts';
import type { TargetSource } from './read-target.ts';

/** What one busy person's devices ask at most; more needs to be permitted. */
const usualPerSecond = 20;

export interface Connection extends AsyncDisposable {
  /** Notes the rooms that requests create or enter, and the devices that log in. */
  readonly send: HttpSend;
  readonly homeserverUrl: string;
  /** From now on requests with this token are known to be that person's. */
  know(accessToken: string, userId: string): void;
}

/** The safety lock opens for the addresses of the target file and for the name people type in, where discovery begins. */
export function openConnection({ file, caCertificates, accounts }: TargetSource, ledger: Ledger): Connection {
  const { homeserverUrl, clientUrl, adminUrl, serverName, proxy } = file;
  const addresses = [homeserverUrl, clientUrl, adminUrl, `https://${serverName}`];
  const send = createHttpSend({
    allowedOrigins: addresses.filter((address) => address !== undefined),
    until: file.permissions.until,
    ...(caCertificates === undefined ? {} : { caCertificates }),
    ...(proxy === undefined ? {} : { proxyUrl: proxy }),
  });
  const ours = new Set(accounts.map(({ userId }) => userId));
  const noting = createNotingSend(paced(send, file.permissions.requestsPerSecond ?? usualPerSecond), ledger, ours);
  return { ...noting, homeserverUrl, [Symbol.asyncDispose]: () => send[Symbol.asyncDispose]() };
}
