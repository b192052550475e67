import { expect, test } from 'vitest';
import { inconclusive, outcomeOf, passed } from '../../core/model/outcome.ts';
import { exampleFinding } from '../../core/testing/examples.ts';
import { conclude, type FamilyView } from './conclude.ts';
import { PremiseError } from './premise.ts';

const clean: FamilyView = { findings: [], looked: true, nothing: 'nichts gesehen' };
const schema = { ...exampleFinding, code: 'schema-violation' };
const codesOf = async (outcome: ReturnType<typeof conclude>) => {
  const result = await outcome;
  return result.kind === 'failed' ? result.findings.map(({ code }) => code) : result.kind;
};

test('what the family saw fails every kind of outcome', async () => {
  const view = () => ({ ...clean, findings: [schema] });
  expect(await codesOf(conclude(async () => passed('gut'), view))).toEqual(['schema-violation']);
  expect(await codesOf(conclude(async () => inconclusive('offen'), view))).toEqual(['schema-violation']);
  const failed = conclude(async () => outcomeOf([exampleFinding], ''), view);
  expect(await codesOf(failed)).toEqual([exampleFinding.code, 'schema-violation']);
});

test('what the check itself concluded stays beside what the family saw', async () => {
  const view = () => ({ ...clean, findings: [schema] });
  expect(await conclude(async () => passed('gut'), view)).toMatchObject({ otherwise: passed('gut') });
  expect(await conclude(async () => inconclusive('offen'), view)).toMatchObject({ otherwise: inconclusive('offen') });
  expect(await conclude(async () => outcomeOf([exampleFinding], ''), view)).not.toHaveProperty('otherwise');
});

test('a check that has looked at nothing cannot pass', async () => {
  const outcome = await conclude(
    async () => passed('gut'),
    () => ({ ...clean, looked: false }),
  );
  expect(outcome).toEqual({ kind: 'inconclusive', reason: 'nichts gesehen' });
});

test('a premise that does not hold leaves the question open', async () => {
  const outcome = await conclude(
    async () => {
      throw new PremiseError('kein Raum');
    },
    () => clean,
  );
  expect(outcome).toEqual({ kind: 'inconclusive', reason: 'kein Raum' });
});

test('a broken bench stays a broken bench', async () => {
  const broken = conclude(
    async () => {
      throw new TypeError('defect');
    },
    () => clean,
  );
  await expect(broken).rejects.toThrow('defect');
});

test('measurements survive what the family adds', async () => {
  const figures = { durationMs: 5 };
  const outcome = await conclude(
    async () => passed('gut', { figures }),
    () => ({ ...clean, findings: [schema] }),
  );
  expect(outcome).toMatchObject({ kind: 'failed', measurements: { figures } });
});
