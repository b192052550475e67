import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';

/** The homeserver puts another key in place of the one that a device sends for the comparison. */
export const swappedComparisonKeyFor =
  (device: string): Alteration =>
  (seen) =>
    seen.device === device ? alterJson(seen.answer, withOtherKey) : seen.answer;

function withOtherKey(object: JsonObject): JsonObject {
  const { type, content } = object;
  if (type !== 'm.key.verification.key' || !isJsonObject(content)) return object;
  return { ...object, content: { ...content, key: otherKey } };
}

/** A Curve25519 key nobody holds: the base point. */
const otherKey = 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** The homeserver changes what a device says its keys are. */
export const changedMacFor =
  (device: string): Alteration =>
  (seen) =>
    seen.device === device ? alterJson(seen.answer, withOtherMac) : seen.answer;

function withOtherMac(object: JsonObject): JsonObject {
  const { type, content } = object;
  if (type !== 'm.key.verification.mac' || !isJsonObject(content) || !isJsonObject(content['mac'])) return object;
  const mac = Object.fromEntries(Object.keys(content['mac']).map((key) => [key, otherKey]));
  return { ...object, content: { ...content, mac } };
}
