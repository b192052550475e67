import { isJsonObject, type JsonObject } from '../json.ts';
import { definitionName } from './bundle.ts';
import { isAfter, type SpecVersion } from './spec-version.ts';

type Definitions = ReadonlyMap<string, unknown>;

const noNames: ReadonlySet<string> = new Set();

/** The shared schemas as a server of that version may be held to them. */
export function definitionsAsOf(definitions: Definitions, version: SpecVersion): Definitions {
  return new Map([...definitions].map(([name, schema]) => [name, schemaAsOf(schema, version, definitions)]));
}

/** A schema without what came after that version: such keys are neither required nor constrained. */
export function schemaAsOf(schema: unknown, version: SpecVersion, definitions: Definitions): unknown {
  const isLate = (node: unknown): boolean => {
    if (!isJsonObject(node)) return false;
    return isAfter(node['x-addedInMatrixVersion'], version) || isLate(referred(node));
  };
  const referred = ({ $ref }: JsonObject): unknown =>
    typeof $ref === 'string' ? definitions.get(definitionName($ref)) : undefined;

  /** Keys marked as late anywhere in what describes this one object. */
  const lateKeys = (node: unknown): string[] => {
    if (!isJsonObject(node)) return [];
    const own = Object.entries(mapOf(node['properties'])).flatMap(([key, value]) => (isLate(value) ? [key] : []));
    return [...own, ...listOf(node['allOf']).flatMap(lateKeys), ...lateKeys(referred(node))];
  };

  const convert = (node: unknown, inherited: ReadonlySet<string> = noNames): unknown => {
    if (!isJsonObject(node)) return node;
    if (isLate(node)) return true;
    const late = new Set([...inherited, ...lateKeys(node)]);
    const target = late.size === 0 ? undefined : referred(node);
    if (target === undefined) return convertKeywords(node, late);
    // The mark of a key may stand beside the reference to the schema that describes it.
    const { $ref: _, ...beside } = node;
    const own = convertKeywords(beside, late);
    return Object.keys(own).length === 0 ? convert(target, late) : { allOf: [convert(target, late), own] };
  };

  const convertKeywords = (node: JsonObject, late: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(
      Object.entries(node).flatMap(([keyword, value]) => {
        const converted = convertKeyword(keyword, value, late);
        return converted === undefined ? [] : [[keyword, converted]];
      }),
    );

  const convertKeyword = (keyword: string, value: unknown, late: ReadonlySet<string>): unknown => {
    switch (keyword) {
      case 'required':
        return listOf(value).filter((key) => !late.has(String(key)));
      case 'properties':
        // Kept as a name without demands: another keyword must not take it for an unknown key.
        return mapValues(value, (inner, key) => (late.has(key) ? true : convert(inner)));
      case 'patternProperties':
        return mapValues(value, (inner) => convert(inner));
      case 'items':
      case 'additionalProperties':
        return convert(value);
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        return listOf(value).map((inner) => convert(inner, late));
      default:
        return value;
    }
  };

  return convert(schema);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const mapOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

function mapValues(value: unknown, change: (inner: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(mapOf(value)).map(([key, inner]) => [key, change(inner, key)]));
}
