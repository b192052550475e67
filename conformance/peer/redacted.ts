import { isJsonObject, type JsonObject } from '../../schemas/json.ts';

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

const ofContent: Readonly<Record<string, readonly string[]>> = {
  'm.room.member': ['membership', 'join_authorised_via_users_server'],
  'm.room.join_rules': ['join_rule', 'allow'],
  'm.room.power_levels': [
    'ban',
    'events',
    'events_default',
    'invite',
    'kick',
    'redact',
    'state_default',
    'users',
    'users_default',
  ],
  'm.room.history_visibility': ['history_visibility'],
  'm.room.redaction': ['redacts'],
};

/**
 * What is left of an event when it is redacted, in room versions 11 and 12: https://spec.matrix.org/v1.19/rooms/v11/#redactions
 * Older ones keep further members.
 */
export function redacted(event: JsonObject, alsoKept: readonly string[] = []): JsonObject {
  const kept = only(event, [...ofEvent, ...alsoKept]);
  return { ...kept, content: redactedContent(String(event['type']), event['content']) };
}

function redactedContent(type: string, content: unknown): JsonObject {
  if (!isJsonObject(content)) return {};
  if (type === 'm.room.create') return content;
  const kept = only(content, ofContent[type] ?? []);
  const invitation = content['third_party_invite'];
  if (type !== 'm.room.member' || !isJsonObject(invitation)) return kept;
  return { ...kept, third_party_invite: only(invitation, ['signed']) };
}

const only = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
