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
const maxQuotedLength = 40;

/** One line per problem; a long list ends with the number left out. */
export function problemLines(problems: readonly Problem[], root: object): string[] {
  const lines = new Set<string>();
  const absorbed = new Set<Problem>();
  for (const [index, problem] of [...problems.entries()].reverse()) {
    if (absorbed.has(problem)) continue;
    if (problem.keyword !== 'anyOf' && problem.keyword !== 'oneOf') continue;
    const { nearest, all } = nearestShape(problem, problems.slice(0, index), root);
    for (const inner of all) absorbed.add(inner);
    lines.add(shapeLine(problem, nearest));
  }
  for (const problem of problems) {
    if (!absorbed.has(problem) && !isShape(problem)) lines.add(plainLine(problem));
  }
  const ordered = [...lines].sort();
  if (ordered.length <= maxLines) return ordered;
  return [...ordered.slice(0, maxLines), `and ${ordered.length - maxLines} more`];
}

function isShape(problem: Problem): boolean {
  return problem.keyword === 'anyOf' || problem.keyword === 'oneOf';
}

function shapeLine(problem: Problem, nearest: readonly Problem[]): string {
  const count = Array.isArray(problem.schema) ? problem.schema.length : 0;
  if (Array.isArray(problem.params['passingSchemas'])) {
    return `${place(problem.pointer)}: expected exactly one of ${count} shapes, got a match with several`;
  }
  const detail = nearest
    .filter((inner) => !isShape(inner))
    .slice(0, 3)
    .map(plainLine)
    .join('; ');
  return `${place(problem.pointer)}: expected one of ${count} shapes, got ${describeValue(problem.data)} (nearest: ${detail})`;
}

function plainLine(problem: Problem): string {
  const [key, expected] = expectation(problem);
  if (key === undefined) return `${place(problem.pointer)}: expected ${expected}, got ${got(problem)}`;
  const value = (problem.data as Readonly<Record<string, unknown>>)[key];
  const pointer = `${problem.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return `${pointer}: expected ${expected}, got ${describeValue(value)}`;
}

function place(pointer: string): string {
  return pointer === '' ? '(document)' : pointer;
}

/** The key concerned when the problem lies with a member of the object, and what was expected there. */
function expectation({ keyword, params, schema }: Problem): [string | undefined, string] {
  switch (keyword) {
    case 'required':
      return [String(params['missingProperty']), 'a value (required key)'];
    case 'additionalProperties':
      return [String(params['additionalProperty']), 'no such key'];
    case 'unevaluatedProperties':
      return [String(params['unevaluatedProperty']), 'no such key'];
    case 'propertyNames':
      return [String(params['propertyName']), 'another key name'];
    case 'type':
      return [undefined, String(params['type'])];
    case 'enum':
      return [undefined, `one of ${JSON.stringify(params['allowedValues'])}`];
    case 'const':
      return [undefined, JSON.stringify(params['allowedValue'])];
    default:
      return [undefined, `${keyword} ${typeof schema === 'object' ? '' : String(schema)}`.trim()];
  }
}

function got({ keyword, data }: Problem): string {
  const isChoice = keyword === 'enum' || keyword === 'const';
  if (isChoice && typeof data === 'string' && data.length <= maxQuotedLength) return JSON.stringify(data);
  const isLimit = keyword.includes('inimum') || keyword.includes('aximum') || keyword === 'multipleOf';
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
