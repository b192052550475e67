import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';

/** The homeserver goes on as if nobody had replaced an identity: it tells a device nothing more of who did. */
export function hidingNewIdentitiesFrom(person: string): Alteration {
  const firstKeys = new Map<string, string>();
  const isReplaced = (userId: string, masterKey: unknown) => {
    const keys = isJsonObject(masterKey) ? JSON.stringify(masterKey['keys']) : '';
    const first = firstKeys.get(userId) ?? keys;
    firstKeys.set(userId, first);
    return keys !== first;
  };
  return ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => {
          const { master_keys: masterKeys } = object;
          if (!isJsonObject(masterKeys)) return object;
          const hidden = Object.keys(masterKeys).filter((userId) => isReplaced(userId, masterKeys[userId]));
          return Object.fromEntries(Object.entries(object).map(([name, part]) => [name, without(hidden, part)]));
        })
      : answer;
}

const without = (userIds: readonly string[], part: unknown): unknown =>
  isJsonObject(part)
    ? (Object.fromEntries(Object.entries(part).filter(([id]) => !userIds.includes(id))) as JsonObject)
    : part;
