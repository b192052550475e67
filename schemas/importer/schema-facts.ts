import { isJsonObject, type JsonObject } from '../json.ts';
import { escapePointerStep } from '../json-pointer.ts';
import { bindKeyFormat } from './bind-key-format.ts';
import { createDefinitionNames } from './definition-names.ts';
import { kindOfKeyword } from './keywords.ts';
import { normaliseType } from './normalise-type.ts';
import { below, type Place, placeText, type Source } from './source.ts';

export interface SchemaFacts {
  /** The facts of a schema; what it refers to becomes a shared definition. */
  convert(schema: unknown, place: Place): unknown;
  /** Defines a whole place and returns its name. */
  define(place: Place, node: unknown): string;
  /** Everything defined so far, including what definitions refer to. */
  definitions(): ReadonlyMap<string, unknown>;
  normalised(): Normalised;
}

/** Where the import says more than the source does, one line each. */
export interface Normalised {
  /** Types added or split. */
  readonly types: readonly string[];
  /** Formats of keys made binding. */
  readonly keys: readonly string[];
}

export function createSchemaFacts(source: Source): SchemaFacts {
  const names = createDefinitionNames();
  const definitions = new Map<string, unknown>();
  const types = new Set<string>();
  const keys = new Set<string>();

  const convert = (schema: unknown, place: Place): unknown => {
    if (typeof schema === 'boolean') return schema;
    if (!isJsonObject(schema)) throw new Error(`${placeText(place)}: expected a schema`);
    const facts = Object.entries(schema)
      .filter(([keyword]) => kindOfKeyword(keyword) !== 'dropped')
      .map(([keyword, value]) => [keyword, convertKeyword(keyword, value, below(place, keyword))]);
    const typed = normaliseType(Object.fromEntries(facts));
    if (typed.change !== undefined) types.add(`${placeText(place)}: ${typed.change}`);
    const keyed = bindKeyFormat(typed.schema);
    if (keyed.change !== undefined) keys.add(`${placeText(place)}: ${keyed.change}`);
    return keyed.schema;
  };

  const convertKeyword = (keyword: string, value: unknown, place: Place): unknown => {
    switch (kindOfKeyword(keyword)) {
      case 'kept':
        return value;
      case 'names':
        return listAt(place, value).map(String).sort();
      case 'versions':
        return Object.keys(mapAt(place, value)).sort();
      case 'reference':
        return `#/$defs/${escapePointerStep(defineReference(String(value), place))}`;
      case 'schema':
        return convert(value, place);
      case 'schemaList':
        return listAt(place, value).map((item, index) => convert(item, below(place, String(index))));
      case 'schemaMap':
        return Object.fromEntries(
          Object.entries(mapAt(place, value)).map(([key, item]) => [key, convert(item, below(place, key))]),
        );
      default:
        throw new Error(`${placeText(place)}: unknown keyword; keep it or drop it in keywords.ts`);
    }
  };

  const defineReference = (ref: string, from: Place): string => {
    const { place, node } = source.resolve(ref, from);
    return define(place, node);
  };

  const define = (place: Place, node: unknown): string => {
    const name = names.nameOf(place);
    if (definitions.has(name)) return name;
    // Entered before it is converted, so that a schema may refer to itself.
    definitions.set(name, {});
    definitions.set(name, convert(node, place));
    return name;
  };

  return {
    convert,
    define,
    definitions: () => definitions,
    normalised: () => ({ types: [...types].sort(), keys: [...keys].sort() }),
  };
}

function listAt(place: Place, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${placeText(place)}: expected a list`);
  return value;
}

function mapAt(place: Place, value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${placeText(place)}: expected a mapping`);
  return value;
}
