import { escapePointerStep } from '../json-pointer.ts';

/** A JSON pointer with open steps: `*` any, `{name}` any and remembered, a last `#` the name of the step before. */
export interface PointerPattern {
  readonly text: string;
  readonly steps: readonly string[];
}

export type Names = Readonly<Record<string, string>>;

export interface PatternMatch {
  readonly value: unknown;
  readonly pointer: string;
  /** What the named steps stand for here. */
  readonly names: Names;
}

export const pointerPattern = (text: string): PointerPattern => ({ text, steps: text.split('/').slice(1) });

const nameOfStep = '#';
const anyStep = '*';

/** Everything the pattern leads to. A name that is known already stands for its value. */
export function matchesOf({ steps }: PointerPattern, root: unknown, names: Names = {}): readonly PatternMatch[] {
  let reached: readonly PatternMatch[] = [{ value: root, pointer: '', names }];
  for (const step of steps) reached = reached.flatMap((match) => next(match, step));
  return reached;
}

function next(match: PatternMatch, step: string): readonly PatternMatch[] {
  if (step === nameOfStep) return [{ ...match, value: unescaped(match.pointer.split('/').at(-1) ?? '') }];
  const { value, pointer, names } = match;
  if (typeof value !== 'object' || value === null) return [];
  const name = nameIn(step);
  const wanted = name === undefined ? unescaped(step) : names[name];
  const isOpen = step === anyStep || wanted === undefined;
  const keys = isOpen ? Object.keys(value) : Object.hasOwn(value, wanted) ? [wanted] : [];
  return keys.map((key) => ({
    value: (value as Readonly<Record<string, unknown>>)[key],
    pointer: `${pointer}/${escapePointerStep(key)}`,
    names: name === undefined ? names : { ...names, [name]: key },
  }));
}

function nameIn(step: string): string | undefined {
  return step.startsWith('{') && step.endsWith('}') ? step.slice(1, -1) : undefined;
}

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
