import { randomBytes } from 'node:crypto';
import type { ApplicationService, SinkRequest } from '../../../core/model/surroundings.ts';
import type { Json } from '../../reference/setting.ts';
import { openSink } from './sink.ts';

export interface OpenApplicationService {
  readonly service: ApplicationService & AsyncDisposable;
  readonly registration: Record<string, Json>;
}

const prefix = 'lab-service-';
const protocol = 'pruefstand';
const names = { id: 'pruefstand-lab', sender: `${prefix}bot`, protocol, prefix };

const network = () => ({
  user_fields: ['nick'],
  location_fields: ['channel'],
  icon: 'mxc://example.org/aBcDeFgH',
  field_types: {
    nick: { regexp: '[a-z]+', placeholder: 'nick' },
    channel: { regexp: '[a-z]+', placeholder: 'channel' },
  },
  instances: [{ desc: 'Pruefstand', network_id: 'pruefstand-netz', fields: {} }],
});

export async function openApplicationService(port: number): Promise<OpenApplicationService> {
  const token = randomBytes(24).toString('hex');
  const homeserverToken = randomBytes(24).toString('hex');
  const sink = await openSink(port, usualAnswer);
  const service = { ...sink, ...names, network, token, homeserverToken };
  return { service, registration: registrationOf(service) };
}

/** Takes everything, tells of its network and knows nobody. */
function usualAnswer({ path }: SinkRequest) {
  const isTold = path.startsWith('/_matrix/app/v1/transactions/') || path === '/_matrix/app/v1/ping';
  if (path === `/_matrix/app/v1/thirdparty/protocol/${protocol}`) return { status: 200, json: network() };
  return isTold ? { status: 200 } : { status: 404, json: { errcode: 'M_NOT_FOUND', error: 'unknown here' } };
}

function registrationOf({
  url,
  token,
  homeserverToken,
  id,
  sender,
  protocol,
}: ApplicationService): Record<string, Json> {
  const own = [{ exclusive: true, regex: `@${prefix}.*` }];
  return {
    id,
    url,
    as_token: token,
    hs_token: homeserverToken,
    sender_localpart: sender,
    rate_limited: false,
    receive_ephemeral: true,
    protocols: [protocol],
    namespaces: { users: own, aliases: [{ exclusive: true, regex: `#${prefix}.*` }], rooms: [] },
  };
}
