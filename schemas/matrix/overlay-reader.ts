import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../json.ts';
import overlaySchema from '../suite/overlay.schema.json' with { type: 'json' };
import { createValidator } from '../validator.ts';
import { withCompleteTypes } from './complete-types.ts';
import type { Condition, EventOverlay, OperationOverlay, Overlay, Relation, Rule } from './overlay.ts';
import { pointerPattern } from './pointer-pattern.ts';

const overlayFolder = join(import.meta.dirname, 'overlays');
const definitionsFile = 'definitions.yaml';
const definitionPrefix = 'overlay.';

export interface OverlaySet {
  readonly operations: readonly OperationOverlay[];
  readonly events: readonly EventOverlay[];
  /** Schemas that several entries refer to, by name. */
  readonly definitions: ReadonlyMap<string, unknown>;
}

/** Reads every file of the folder. Throws when one of them is wrong: a lost overlay would make the acceptance easier. */
export function readOverlays(folder: string = overlayFolder): OverlaySet {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const entries = files
    .filter((file) => file !== definitionsFile)
    .toSorted()
    .flatMap((file) => readEntries(join(folder, file)));
  return {
    operations: entries.filter(({ operation }) => operation !== undefined).map(operationOverlay),
    events: entries.filter(({ event }) => event !== undefined).map(eventOverlay),
    definitions: readDefinitions(files.includes(definitionsFile) ? join(folder, definitionsFile) : undefined),
  };
}

interface Entry {
  readonly operation?: string | readonly string[];
  readonly status?: number | string | readonly (number | string)[];
  readonly event?: string | readonly string[];
  readonly clause: string;
  readonly added?: string;
  readonly when?: JsonObject;
  readonly schema?: JsonObject;
  readonly rules?: readonly RuleEntry[];
}

/** Pointers by keyword. */
type RuleEntry = { readonly [Keyword in Rule['subject'] | 'order' | Relation]?: string } & {
  readonly by?: readonly string[];
};

let problemsOfFile: ReturnType<typeof createValidator> | undefined;

function readEntries(path: string): readonly Entry[] {
  const data: unknown = parse(readFileSync(path, 'utf8'));
  problemsOfFile ??= createValidator(overlaySchema);
  const problems = problemsOfFile(data);
  if (problems.length > 0) throw new Error([`${path} is no overlay:`, ...problems].join('\n'));
  return data as readonly Entry[];
}

function readDefinitions(path: string | undefined): ReadonlyMap<string, unknown> {
  const data: unknown = path === undefined ? {} : parse(readFileSync(path, 'utf8'));
  if (!isJsonObject(data)) throw new Error(`${path}: expected schemas by name`);
  return new Map(Object.entries(data).map(([name, schema]) => [definitionPrefix + name, withCompleteTypes(schema)]));
}

function operationOverlay(entry: Entry): OperationOverlay {
  const statuses = [entry.status ?? []].flat().map(String);
  return { ...overlayOf(entry), operations: [entry.operation ?? []].flat(), statuses };
}

const eventOverlay = (entry: Entry): EventOverlay => ({ ...overlayOf(entry), events: [entry.event ?? []].flat() });

function overlayOf({ clause, added, when = {}, schema, rules = [] }: Entry): Overlay {
  return {
    clause,
    when: Object.entries(when).map(conditionFrom),
    rules: rules.map(ruleFrom),
    ...(added !== undefined && { added }),
    ...(schema !== undefined && { schema: withCompleteTypes(schema) as object }),
  };
}

function conditionFrom([pointer, wanted]: readonly [string, unknown]): Condition {
  const at = pointerPattern(pointer);
  if (!isJsonObject(wanted)) return { at, is: wanted };
  if (typeof wanted['matches'] === 'string') return { at, matches: new RegExp(wanted['matches'], 'u') };
  return 'present' in wanted ? { at, present: wanted['present'] === true } : { at, not: wanted['not'] };
}

function ruleFrom(rule: RuleEntry): Rule {
  const { at, count, unique, by, sorted, order, ...relations } = rule;
  if (unique !== undefined) return { subject: 'unique', at: pointerPattern(unique), ...(by !== undefined && { by }) };
  if (sorted !== undefined) {
    return { subject: 'sorted', at: pointerPattern(sorted), order: order === 'descending' ? order : 'ascending' };
  }
  const [relation = '', to = ''] = Object.entries(relations)[0] ?? [];
  return {
    subject: at === undefined ? 'count' : 'at',
    at: pointerPattern(at ?? count ?? ''),
    relation: relation as Relation,
    to: pointerPattern(to),
  };
}
