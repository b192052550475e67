import type { SinkFilter, SinkRequest, Surroundings } from '../../core/model/surroundings.ts';
import type { JsonObject } from '../../schemas/json.ts';
import { objectAt, stringAt, valueAt } from './json.ts';

export const gatewayPath = '/_matrix/push/v1/notify';

/** Where pushers of the lab deliver. */
export const gatewayOf = ({ pushGateway }: Surroundings): string => `${pushGateway.url}${gatewayPath}`;

/** What the homeserver tells the gateway; empty when it is something else. */
export const notificationIn = (asked: SinkRequest | undefined): JsonObject =>
  asked?.path === gatewayPath ? objectAt(asked.json, ['notification']) : {};

const pushkeyPath = ['notification', 'devices', 0, 'pushkey'];

/** The push for this event to this device. */
export const pushOf =
  (pushkey: string, eventId: string): SinkFilter =>
  (asked) =>
    stringAt(notificationIn(asked), ['event_id']) === eventId && valueAt(asked.json, pushkeyPath) === pushkey;

/** Every push to this device. */
export const pushTo =
  (pushkey: string): SinkFilter =>
  (asked) =>
    valueAt(asked.json, pushkeyPath) === pushkey;
