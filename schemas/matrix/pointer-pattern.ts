import { escapePointerStep } from '../json-pointer.ts';

/** A JSON pointer with open steps: `*` any, `{name}` any and remembered, a last `#` the name of the step before. */
export interface PointerPattern {
  readonly text: string;
  /** The first step: which part of an exchange. */
  readonly root: string;
  readonly steps: readonly Step[];
}

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'nameOfStep' };

export type Names = Readonly<Record<string, string>>;

export interface PatternMatch {
  readonly value: unknown;
  /** What the named steps stand for here. */
  readonly names: Names;
  /** Where it was reached from, and by which key; none at the root. */
  readonly from?: { readonly match: PatternMatch; readonly key: string };
}

export function pointerPattern(text: string): PointerPattern {
  const steps = text.split('/').slice(1);
  return { text, root: steps[0] ?? '', steps: steps.map(stepFrom) };
}

/** Everything the pattern leads to. A name that is known already stands for its value. */
export function matchesOf({ steps }: PointerPattern, root: unknown, names: Names = {}): readonly PatternMatch[] {
  let reached: readonly PatternMatch[] = [{ value: root, names }];
  for (const step of steps) {
    if (reached.length === 0) return reached;
    reached = reached.length === 1 ? next(reached[0] as PatternMatch, step) : reached.flatMap((one) => next(one, step));
  }
  return reached;
}

/** Where the match stands, from the root. */
export function pointerOf({ from }: PatternMatch): string {
  return from === undefined ? '' : `${pointerOf(from.match)}/${escapePointerStep(from.key)}`;
}

function stepFrom(text: string): Step {
  if (text === '*') return { kind: 'any' };
  if (text === '#') return { kind: 'nameOfStep' };
  if (text.startsWith('{') && text.endsWith('}')) return { kind: 'named', name: text.slice(1, -1) };
  return { kind: 'key', key: text.replaceAll('~1', '/').replaceAll('~0', '~') };
}

function next(match: PatternMatch, step: Step): readonly PatternMatch[] {
  const { value, names } = match;
  if (step.kind === 'nameOfStep') return match.from === undefined ? [] : [{ ...match, value: match.from.key }];
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  if (step.kind === 'any')
    return Object.keys(members).map((key) => ({ value: members[key], names, from: { match, key } }));
  if (step.kind === 'key') return memberOf(match, members, step.key);
  const known = names[step.name];
  if (known !== undefined) return memberOf(match, members, known);
  return Object.keys(members).map((key) => ({
    value: members[key],
    names: { ...names, [step.name]: key },
    from: { match, key },
  }));
}

function memberOf(
  match: PatternMatch,
  members: Readonly<Record<string, unknown>>,
  key: string,
): readonly PatternMatch[] {
  return Object.hasOwn(members, key) ? [{ value: members[key], names: match.names, from: { match, key } }] : [];
}
