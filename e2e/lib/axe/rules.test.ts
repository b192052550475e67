import { expect, test } from 'vitest';
import { type Concern, clausesOf, rulesOf, standardRules } from './rules.ts';

const concerns = Object.keys(clausesOf) as Concern[];

test('every rule for EN 301 549 belongs to exactly one concern', () => {
  const assigned = concerns.flatMap((concern) => rulesOf(concern).map(({ id }) => id));
  expect(assigned.toSorted()).toEqual(
    standardRules()
      .map(({ id }) => id)
      .toSorted(),
  );
});

test('every clause named by a concern has a rule', () => {
  const known = new Set(standardRules().flatMap(({ clauses }) => clauses));
  expect(concerns.flatMap((concern) => clausesOf[concern]).filter((clause) => !known.has(clause))).toEqual([]);
});

test('experimental rules only make candidates, deprecated ones are not run', () => {
  const standing = Object.fromEntries(standardRules().map((rule) => [rule.id, rule.standing]));
  expect(standing).toMatchObject({ 'button-name': 'deciding', 'p-as-heading': 'candidate' });
  expect(standing).not.toHaveProperty('audio-caption');
});
