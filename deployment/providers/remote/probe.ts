import type { HttpSend } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { UsageError } from '../../../core/model/usage-error.ts';
import { call, objectOrNothing } from '../../accounts/matrix-call.ts';
import type { TargetSource } from './read-target.ts';
import { noHomeserver, otherThanWritten, type WrongAddress } from './refusals.ts';

/** What the target says about itself before anybody logs in. */
export interface Probed {
  readonly offersPasswordLogin: boolean;
  readonly synapseVersion?: string;
}

/** The keys of a server are public but often not reachable for clients; they are no reason to wait. */
const keysTimeoutMs = 5_000;

/** Throws one clear line when nobody answers, what answers is no homeserver, or it is another one than the target file says. */
export async function probe(send: HttpSend, source: TargetSource): Promise<Probed> {
  await requireHomeserver(send, source);
  await refuseOtherServer(send, source);
  const synapseVersion = await askAdministration(send, source);
  const offersPasswordLogin = (await loginTypes(send, source)).includes('m.login.password');
  return { offersPasswordLogin, ...(synapseVersion === undefined ? {} : { synapseVersion }) };
}

async function requireHomeserver(send: HttpSend, { file, path }: TargetSource): Promise<void> {
  const address = file.homeserverUrl;
  const asked = '/_matrix/client/versions';
  const answer = await call(send, { method: 'GET', url: `${address}${asked}` });
  if (answer.status === 200 && Array.isArray(objectOrNothing(answer)?.['versions'])) return;
  throw noHomeserver(answer, { address, key: 'homeserverUrl', asked, path });
}

/** None when the target does not tell; accounts with tokens work without. */
async function loginTypes(send: HttpSend, { file }: TargetSource): Promise<unknown[]> {
  const answer = await call(send, { method: 'GET', url: `${file.homeserverUrl}/_matrix/client/v3/login` });
  const flows = answer.status === 200 ? objectOrNothing(answer)?.['flows'] : undefined;
  return Array.isArray(flows) ? flows.map((flow: { type?: unknown }) => flow.type) : [];
}

/** A server that tells its name must be the one of the target file; one that does not is known after the first login. */
async function refuseOtherServer(send: HttpSend, { file, path }: TargetSource): Promise<void> {
  const found = await ownName(send, file.homeserverUrl);
  if (found === undefined || found === file.serverName) return;
  throw new UsageError(otherThanWritten(file.serverName, found, { key: 'serverName', path }));
}

async function ownName(send: HttpSend, homeserverUrl: string): Promise<string | undefined> {
  const request = { method: 'GET', url: `${homeserverUrl}/_matrix/key/v2/server`, timeoutMs: keysTimeoutMs } as const;
  try {
    const answer = await call(send, request);
    const name = answer.status === 200 ? objectOrNothing(answer)?.['server_name'] : undefined;
    return typeof name === 'string' ? name : undefined;
  } catch (thrown) {
    if (thrown instanceof RigError && thrown.code === 'targetUnreachable') return undefined;
    throw thrown;
  }
}

async function askAdministration(send: HttpSend, { file, path }: TargetSource): Promise<string | undefined> {
  const address = file.adminUrl;
  if (address === undefined) return undefined;
  const asked = '/_synapse/admin/v1/server_version';
  const answer = await call(send, { method: 'GET', url: `${address}${asked}` });
  if (answer.status !== 200) return undefined;
  const wrong: WrongAddress = { address, key: 'adminUrl', asked, path };
  const said = objectOrNothing(answer);
  if (said === undefined) throw noHomeserver(answer, wrong);
  return typeof said['server_version'] === 'string' ? said['server_version'] : undefined;
}
