import { expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { controlEnd, isSound } from './control-end.ts';

const known = new Map([['conformance.disc.no-token', ['open-door PUT /a', 'open-door PUT /b']]]);

const failedAt = (...places: readonly string[]): Outcome => {
  const [first = '', ...others] = places;
  const finding = (where: string) => ({ code: 'open-door', title: 't', expected: 'e', observed: 'o', where });
  return { kind: 'failed', findings: [finding(first), ...others.map(finding)] };
};

test.each([
  ['a passed one', { kind: 'passed', observed: 'all well' }, 'green', true],
  ['one with true findings', failedAt('PUT /b'), 'trueFindings', true],
  ['one with a finding nobody listed', failedAt('PUT /b', 'PUT /c'), 'falseAlarm', false],
  ['one that is not applicable', { kind: 'notApplicable', reason: 'no such feature' }, 'notApplicable', true],
  ['an open one', { kind: 'inconclusive', reason: 'void' }, 'open', false],
  ['one whose bench broke', { kind: 'rigFault', code: 'defect', message: 'm' }, 'rigFault', false],
] as const)('a control is judged: %s', (_name, outcome, end, sound) => {
  expect(controlEnd('conformance.disc.no-token', outcome as Outcome, known)).toBe(end);
  expect(isSound(end)).toBe(sound);
});

test('findings listed for one check excuse no other', () => {
  expect(controlEnd('conformance.disc.bad-token', failedAt('PUT /a'), known)).toBe('falseAlarm');
});
