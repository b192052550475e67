import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../json.ts';
import type { Condition, Relation, Rule } from './overlay.ts';
import { matchesOf, type PatternMatch, type PointerPattern, pointerOf } from './pointer-pattern.ts';

/** Whether the situation of an entry is given. */
export function isGiven(conditions: readonly Condition[], exchange: object): boolean {
  return conditions.every((condition) => {
    const values = matchesOf(condition.at, exchange).map(({ value }) => value);
    if ('present' in condition) return condition.present === values.length > 0;
    if ('is' in condition) return values.includes(condition.is);
    if ('matches' in condition) return values.some((value) => condition.matches.test(String(value)));
    return !values.includes(condition.not);
  });
}

/** German lines, one per place at which the exchange breaks the rule. */
export function brokenRule(rule: Rule, exchange: object): readonly string[] {
  const matches = matchesOf(rule.at, exchange);
  switch (rule.subject) {
    case 'unique':
      return repeated(matches, rule.by).map(
        (match) => `${shownPlace(pointerOf(match))}: erwartet ${once(rule.by)}, der nur einmal vorkommt`,
      );
    case 'sorted':
      return unsorted(matches, rule.order).map(
        (match) => `${shownPlace(pointerOf(match))}: erwartet ${order[rule.order]} geordnete Werte`,
      );
    case 'count':
      return grouped(matches).flatMap((group) => brokenCount(rule, group, exchange));
    default:
      return matches.flatMap((match) => brokenRelation(rule, match, exchange));
  }
}

/** Whether the rule compares the answer with anything but itself. */
export function isEcho(rule: Rule): boolean {
  const roots = 'to' in rule ? [rule.at.root, rule.to.root] : [];
  return roots.some((root) => ['request', 'path', 'query', 'session', 'context'].includes(root));
}

interface Related {
  readonly at: PointerPattern;
  readonly relation: Relation;
  readonly to: PointerPattern;
}

function brokenRelation({ relation, to }: Related, match: PatternMatch, exchange: object): readonly string[] {
  const others = valuesAt(to, match, exchange);
  if (holds(relation, match.value, others)) return [];
  return [
    `${shownPlace(pointerOf(match))}: erwartet ${wanted[relation]} ${shownPlace(to.text)}, gefunden ein anderer Wert`,
  ];
}

function brokenCount(
  { at, relation, to }: Related,
  group: readonly PatternMatch[],
  exchange: object,
): readonly string[] {
  const [first] = group;
  if (first === undefined || holds(relation, group.length, valuesAt(to, first, exchange))) return [];
  return [
    `${shownPlace(at.text)}: erwartet ${wanted[relation]} ${shownPlace(to.text)}, gefunden ${group.length} Einträge`,
  ];
}

// Names of steps are read like a part of the exchange.
const valuesAt = (pattern: PointerPattern, { names }: PatternMatch, exchange: object): readonly unknown[] =>
  matchesOf(pattern, { ...exchange, at: names }, names).map(({ value }) => value);

function holds(relation: Relation, value: unknown, others: readonly unknown[]): boolean {
  if (relation === 'among') return others.includes(value) || others.some((other) => isDeepStrictEqual(value, other));
  const [other] = others;
  if (other === undefined) return true;
  switch (relation) {
    case 'equals':
      return isDeepStrictEqual(value, other);
    case 'differs':
      return !isDeepStrictEqual(value, other);
    case 'atMost':
      return !(Number(value) > Number(other));
    case 'atLeast':
      return !(Number(value) < Number(other));
  }
}

function repeated(matches: readonly PatternMatch[], by: readonly string[] | undefined): readonly PatternMatch[] {
  return grouped(matches).flatMap((group) => {
    const seen = new Set<unknown>();
    return group.filter(({ value }) => {
      const compared = by === undefined ? value : together(value, by);
      if (compared === undefined) return false;
      const isRepeated = seen.has(compared);
      seen.add(compared);
      return isRepeated;
    });
  });
}

/** The values of these keys as one; nothing where one of them is missing. */
function together(value: unknown, keys: readonly string[]): string | undefined {
  const values = keys.map((key) => (isJsonObject(value) ? value[key] : undefined));
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}

function unsorted(matches: readonly PatternMatch[], order: 'ascending' | 'descending'): readonly PatternMatch[] {
  const sign = order === 'ascending' ? 1 : -1;
  return grouped(matches).flatMap((group) =>
    group.filter(({ value }, index) => {
      const before = group[index - 1]?.value;
      return typeof value === 'number' && typeof before === 'number' && (value - before) * sign < 0;
    }),
  );
}

function grouped(matches: readonly PatternMatch[]): readonly (readonly PatternMatch[])[] {
  return [...Map.groupBy(matches, ({ names }) => JSON.stringify(names)).values()];
}

const once = (by: readonly string[] | undefined): string =>
  by === undefined ? 'ein Wert' : `ein Wert von ${by.join(' und ')}`;

const order = { ascending: 'aufsteigend', descending: 'absteigend' } as const;

const wanted: Readonly<Record<Relation, string>> = {
  equals: 'derselbe Wert wie',
  differs: 'ein anderer Wert als',
  among: 'einer der Werte von',
  atMost: 'höchstens',
  atLeast: 'mindestens',
};

const parts: Readonly<Record<string, string>> = {
  answer: '',
  event: '',
  request: 'Anfrage ',
  path: 'Pfadangabe ',
  query: 'Abfrageangabe ',
  session: 'Sitzung ',
  context: 'Fundstelle ',
  at: 'Schlüssel ',
};

function shownPlace(pointer: string): string {
  const [, root = '', ...steps] = pointer.split('/');
  const part = parts[root] ?? '';
  if (steps.length === 0) return part === '' ? '(Dokument)' : part.trim();
  return part === '' ? `/${steps.join('/')}` : `${part}${steps.join('/')}`;
}
