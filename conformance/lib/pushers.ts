import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const pushersPath = '/_matrix/client/v3/pushers';
export const setPusherPath = '/_matrix/client/v3/pushers/set';

/** Of nobody: the suite sends no push messages to anyone. */
export const gatewayUrl = 'https://push.pruefstand.invalid/_matrix/push/v1/notify';

const appId = 'de.pruefstand.app';

export const pusher = (pushkey: string, more: Readonly<Record<string, unknown>> = {}) => ({
  app_id: appId,
  pushkey,
  kind: 'http',
  app_display_name: 'Pruefstand',
  device_display_name: 'Pruefstand',
  lang: 'de',
  data: { url: gatewayUrl, format: 'event_id_only' },
  ...more,
});

export function setPusher(request: Request, session: Session, body: unknown): Promise<Answer> {
  return request('POST', setPusherPath, { session, body });
}

export function removePusher(request: Request, session: Session, pushkey: string): Promise<Answer> {
  return setPusher(request, session, { app_id: appId, pushkey, kind: null });
}

/** The answer that lists all pushers of the account. */
export async function readPushers(request: Request, session: Session): Promise<Answer> {
  return premise(await request('GET', pushersPath, { session }));
}

/** Those with this key. */
export const pushersFor = ({ json }: Pick<Answer, 'json'>, pushkey: string): readonly unknown[] =>
  arrayAt(json, ['pushers']).filter((one) => stringAt(one, ['pushkey']) === pushkey);
