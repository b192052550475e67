import type { Language } from '../core/model/text.ts';
import { isJsonObject } from './json.ts';
import { escapePointerStep } from './json-pointer.ts';
import { nearestShape } from './nearest-shape.ts';
import { type ProblemWords, problemWords } from './problem-words.ts';

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
export function problemLines(problems: readonly Problem[], root: object, language: Language): string[] {
  const words = problemWords[language];
  return shortened(allLines(problems, root, words), maxLines, words);
}

function allLines(problems: readonly Problem[], root: object, words: ProblemWords): string[] {
  const absorbed = new Set<Problem>();
  const lines = new Set<string>();
  // A choice comes after the problems of its shapes, an outer choice after the inner ones.
  for (const [index, problem] of [...problems.entries()].reverse()) {
    // What the condition asks for tells its own problems.
    if (absorbed.has(problem) || problem.keyword === 'if') continue;
    if (!choiceKeywords.has(problem.keyword)) {
      lines.add(plainLine(problem, words));
      continue;
    }
    const { nearest, all } = nearestShape(problem, problems.slice(0, index), root);
    for (const inner of all) absorbed.add(inner);
    lines.add(choiceLine(problem, allLines(nearest, root, words), words));
  }
  return [...lines].sort();
}

function shortened(lines: readonly string[], limit: number, words: ProblemWords): string[] {
  if (lines.length <= limit) return [...lines];
  return [...lines.slice(0, limit), words.more(lines.length - limit)];
}

function choiceLine(problem: Problem, nearest: readonly string[], words: ProblemWords): string {
  const count = Array.isArray(problem.schema) ? problem.schema.length : 0;
  const place = problem.pointer || words.wholeDocument;
  if (Array.isArray(problem.params['passingSchemas'])) {
    return words.problem(place, words.exactlyOneOf(count), words.severalMatch);
  }
  const shown = shortened(nearest, maxNearestLines, words).join('; ');
  const got = describeValue(problem.data, words);
  return `${words.problem(place, words.oneOfShapes(count), got)}${words.nearest(shown)}`;
}

function plainLine(problem: Problem, words: ProblemWords): string {
  const { key, expected } = expectation(problem, words);
  if (key === undefined) return words.problem(problem.pointer || words.wholeDocument, expected, got(problem, words));
  const value = isJsonObject(problem.data) ? problem.data[key] : undefined;
  return words.problem(`${problem.pointer}/${escapePointerStep(key)}`, expected, describeValue(value, words));
}

// The key is given when the problem lies with one member of the object.
function expectation(
  { keyword, params, schema }: Problem,
  words: ProblemWords,
): { readonly key?: string; readonly expected: string } {
  switch (keyword) {
    case 'required':
      return { key: String(params['missingProperty']), expected: words.requiredKey };
    case 'dependentRequired':
      return { key: String(params['missingProperty']), expected: words.requiredBeside(String(params['property'])) };
    case 'additionalProperties':
      return { key: String(params['additionalProperty']), expected: words.noSuchKey };
    case 'unevaluatedProperties':
      return { key: String(params['unevaluatedProperty']), expected: words.noSuchKey };
    case 'propertyNames':
      return { key: String(params['propertyName']), expected: words.otherKeyName };
    case 'type':
      return { expected: words.types([params['type']].flat().map(String)) };
    case 'enum':
      return { expected: words.oneOf(JSON.stringify(params['allowedValues'])) };
    case 'const':
      return { expected: JSON.stringify(params['allowedValue']) };
    default:
      return { expected: typeof schema === 'object' ? keyword : `${keyword} ${schema}` };
  }
}

function got({ keyword, data }: Problem, words: ProblemWords): string {
  const isChoice = keyword === 'enum' || keyword === 'const';
  if (isChoice && typeof data === 'string' && data.length <= maxQuotedLength) return JSON.stringify(data);
  const isLimit = /(mini|maxi)mum|multipleOf/i.test(keyword);
  return isLimit && typeof data === 'number' ? String(data) : describeValue(data, words);
}

/** Type and size only: values may be secrets. */
function describeValue(value: unknown, words: ProblemWords): string {
  if (value === undefined) return words.nothing;
  if (value === null) return 'null';
  if (typeof value === 'string') return words.stringOf(value.length);
  if (Array.isArray(value)) return words.arrayOf(value.length);
  if (typeof value === 'object') return words.objectOf(Object.keys(value).length);
  return words.types([Number.isInteger(value) ? 'integer' : typeof value]);
}
