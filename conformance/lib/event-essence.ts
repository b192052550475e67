import { valueAt } from './json.ts';

const lasting = ['event_id', 'type', 'sender', 'state_key', 'content', 'origin_server_ts'];

/** What of an event is the same for everybody and for ever, by whatever way it is read. */
export const essenceOf = (event: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(lasting.map((key) => [key, valueAt(event, [key])]));
