import type { HttpSend } from '../../../core/http/http.ts';
import { call, mustCall, objectIn } from '../../accounts/matrix-call.ts';
import type { TargetSource } from './read-target.ts';

/** What the target says about itself before anybody logs in. */
export interface Probed {
  readonly offersPasswordLogin: boolean;
  readonly synapseVersion?: string;
}

/** Throws one clear line when nobody answers or what answers is no homeserver. */
export async function probe(send: HttpSend, source: TargetSource): Promise<Probed> {
  const { homeserverUrl } = source.file;
  const versions = { method: 'GET', url: `${homeserverUrl}/_matrix/client/versions` } as const;
  await mustCall(send, versions, 'asking the target for its versions');
  const flows = await call(send, { method: 'GET', url: `${homeserverUrl}/_matrix/client/v3/login` });
  const offersPasswordLogin = flows.status === 200 && flowTypes(objectIn(flows)).includes('m.login.password');
  const synapseVersion = await askAdministration(send, source);
  return { offersPasswordLogin, ...(synapseVersion === undefined ? {} : { synapseVersion }) };
}

function flowTypes({ flows }: Record<string, unknown>): unknown[] {
  return Array.isArray(flows) ? flows.map((flow: { type?: unknown }) => flow.type) : [];
}

async function askAdministration(send: HttpSend, { file }: TargetSource): Promise<string | undefined> {
  if (file.adminUrl === undefined) return undefined;
  const answer = await call(send, { method: 'GET', url: `${file.adminUrl}/_synapse/admin/v1/server_version` });
  const version = answer.status === 200 ? objectIn(answer)['server_version'] : undefined;
  return typeof version === 'string' ? version : undefined;
}
