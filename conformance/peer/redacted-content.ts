import { isJsonObject, type JsonObject } from '../../schemas/json.ts';

/** Room version from which on a key is kept; undefined: from the first. A key with `until` is kept up to that version. */
interface Kept {
  readonly key: string;
  readonly since?: number;
  readonly until?: number;
}

const always = (...keys: readonly string[]): readonly Kept[] => keys.map((key) => ({ key }));

const levels = ['ban', 'events', 'events_default', 'kick', 'redact', 'state_default', 'users', 'users_default'];

const ofContent: Readonly<Record<string, readonly Kept[]>> = {
  'm.room.aliases': [{ key: 'aliases', until: 5 }],
  'm.room.create': always('creator'),
  'm.room.history_visibility': always('history_visibility'),
  'm.room.join_rules': [...always('join_rule'), { key: 'allow', since: 8 }],
  'm.room.member': [...always('membership'), { key: 'join_authorised_via_users_server', since: 9 }],
  'm.room.power_levels': [...always(...levels), { key: 'invite', since: 11 }],
  'm.room.redaction': [{ key: 'redacts', since: 11 }],
};

const newest = 12;

/** What is left of the content of an event when it is redacted: https://spec.matrix.org/v1.19/rooms/v12/#redactions and the same clause of older versions. */
export function redactedContent(type: string, content: JsonObject, version: number = newest): JsonObject {
  if (type === 'm.room.create' && version >= 11) return content;
  const isKept = ({ since = 1, until = newest }: Kept) => since <= version && version <= until;
  const kept = only(
    content,
    (ofContent[type] ?? []).filter(isKept).map(({ key }) => key),
  );
  const invitation = content['third_party_invite'];
  if (type !== 'm.room.member' || version < 11 || !isJsonObject(invitation)) return kept;
  return { ...kept, third_party_invite: only(invitation, ['signed']) };
}

export const only = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
