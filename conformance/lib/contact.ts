import { once } from 'node:events';
import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';

/** What a homeserver asks another server. */
export interface Contact {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Asks a server of the bench in the homeserver's place, for counterexamples; nothing but loopback is ever asked. */
export async function contact(wanted: Contact | undefined): Promise<void> {
  if (wanted === undefined || !/^(http:\/\/127(\.\d+){3}|https:\/\/localhost):\d+\//.test(wanted.url)) return;
  const { method, url, headers, json } = wanted;
  const options = { method, headers: { 'content-type': 'application/json', ...headers }, agent: false as const };
  const isTls = url.startsWith('https:');
  // Who answers there is the bench itself.
  const asked = isTls ? requestOverTls(url, { ...options, rejectUnauthorized: false }) : request(url, options);
  asked.end(json === undefined ? undefined : JSON.stringify(json));
  const [answer] = await once(asked, 'response');
  answer.resume();
  await once(answer, 'end');
}
