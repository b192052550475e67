import { isJsonObject } from './json.ts';
import { escapePointerStep } from './json-pointer.ts';
import { nearestShape } from './nearest-shape.ts';

/** What a validator found wrong at one place, before it is put into words. */
export interface Problem {
  pointer: string;
  keyword: string;
  params: Readonly<Record<string, unknown>>;
  schema: unknown;
  parentSchema: unknown;
  data: unknown;
}

const maxLines = 20;
const maxNearestLines = 3;
const maxQuotedLength = 40;
const choiceKeywords = new Set(['anyOf', 'oneOf']);

/** One line per problem; a long list ends with the number left out. */
export function problemLines(problems: readonly Problem[], root: object): string[] {
  return shortened(allLines(problems, root), maxLines);
}

function allLines(problems: readonly Problem[], root: object): string[] {
  const absorbed = new Set<Problem>();
  const lines = new Set<string>();
  // A choice comes after the problems of its shapes, an outer choice after the inner ones.
  for (const [index, problem] of [...problems.entries()].reverse()) {
    if (absorbed.has(problem)) continue;
    if (!choiceKeywords.has(problem.keyword)) {
      lines.add(plainLine(problem));
      continue;
    }
    const { nearest, all } = nearestShape(problem, problems.slice(0, index), root);
    for (const inner of all) absorbed.add(inner);
    lines.add(choiceLine(problem, allLines(nearest, root)));
  }
  return [...lines].sort();
}

function shortened(lines: readonly string[], limit: number): string[] {
  if (lines.length <= limit) return [...lines];
  return [...lines.slice(0, limit), `and ${lines.length - limit} more`];
}

function choiceLine(problem: Problem, nearest: readonly string[]): string {
  const count = Array.isArray(problem.schema) ? problem.schema.length : 0;
  if (Array.isArray(problem.params['passingSchemas'])) {
    return `${place(problem.pointer)}: expected exactly one of ${count} shapes, got a match with several`;
  }
  const shown = shortened(nearest, maxNearestLines).join('; ');
  return `${place(problem.pointer)}: expected one of ${count} shapes, got ${describeValue(problem.data)} (nearest: ${shown})`;
}

function plainLine(problem: Problem): string {
  const { key, expected } = expectation(problem);
  if (key === undefined) return `${place(problem.pointer)}: expected ${expected}, got ${got(problem)}`;
  const value = isJsonObject(problem.data) ? problem.data[key] : undefined;
  return `${problem.pointer}/${escapePointerStep(key)}: expected ${expected}, got ${describeValue(value)}`;
}

function place(pointer: string): string {
  return pointer === '' ? '(document)' : pointer;
}

// The key is given when the problem lies with one member of the object.
function expectation({ keyword, params, schema }: Problem): { key?: string; expected: string } {
  switch (keyword) {
    case 'required':
      return { key: String(params['missingProperty']), expected: 'a value (required key)' };
    case 'dependentRequired':
      return { key: String(params['missingProperty']), expected: `a value (required beside "${params['property']}")` };
    case 'additionalProperties':
      return { key: String(params['additionalProperty']), expected: 'no such key' };
    case 'unevaluatedProperties':
      return { key: String(params['unevaluatedProperty']), expected: 'no such key' };
    case 'propertyNames':
      return { key: String(params['propertyName']), expected: 'another key name' };
    case 'type':
      return { expected: [params['type']].flat().join(' or ') };
    case 'enum':
      return { expected: `one of ${JSON.stringify(params['allowedValues'])}` };
    case 'const':
      return { expected: JSON.stringify(params['allowedValue']) };
    default:
      return { expected: typeof schema === 'object' ? keyword : `${keyword} ${schema}` };
  }
}

function got({ keyword, data }: Problem): string {
  const isChoice = keyword === 'enum' || keyword === 'const';
  if (isChoice && typeof data === 'string' && data.length <= maxQuotedLength) return JSON.stringify(data);
  const isLimit = /(mini|maxi)mum|multipleOf/i.test(keyword);
  return isLimit && typeof data === 'number' ? String(data) : describeValue(data);
}

/** Type and size only: values may be secrets. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `string of length ${value.length}`;
  if (Array.isArray(value)) return `array of length ${value.length}`;
  if (typeof value === 'object') return `object with ${Object.keys(value).length} keys`;
  return Number.isInteger(value) ? 'integer' : typeof value;
}
