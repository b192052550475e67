import { isJsonObject, type JsonObject } from '../../schemas/json.ts';
import { only, redactedContent } from './redacted-content.ts';

const ofEvent = [
  'event_id',
  'type',
  'room_id',
  'sender',
  'state_key',
  'content',
  'hashes',
  'signatures',
  'depth',
  'prev_events',
  'auth_events',
  'origin_server_ts',
];

/**
 * What is left of an event when it is redacted, in room versions 11 and 12: https://spec.matrix.org/v1.19/rooms/v11/#redactions
 * Older ones keep further members.
 */
export function redacted(event: JsonObject, alsoKept: readonly string[] = []): JsonObject {
  const kept = only(event, [...ofEvent, ...alsoKept]);
  const content = event['content'];
  return { ...kept, content: isJsonObject(content) ? redactedContent(String(event['type']), content) : {} };
}
