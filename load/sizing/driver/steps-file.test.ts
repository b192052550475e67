import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../../core/model/usage-error.ts';
import { goodRun } from '../measured-run.fixture.ts';
import { simulatedConditions as conditions } from '../simulated-sweep.fixture.ts';
import { openStepsFile } from './steps-file.ts';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'steps-')), 'deep', 'steps.ndjson');

test('what was measured is there again when the sweep is taken up', async () => {
  const path = await newPath();
  const first = await openStepsFile(path, conditions);
  await first.add(goodRun(20));
  await first.add(goodRun(40));
  const again = await openStepsFile(path, { ...conditions, startedAt: 'later', runsPerStep: 7 });
  expect(again.runs).toEqual([goodRun(20), goodRun(40)]);
  expect(again.conditions).toEqual({ ...conditions, runsPerStep: 7 });
});

test('a line cut off by a sudden end is left out, and the next one stands on a line of its own', async () => {
  const path = await newPath();
  const first = await openStepsFile(path, conditions);
  await first.add(goodRun(20));
  await writeFile(path, `${await readFile(path, 'utf8')}{"id":"0002","us`);
  const again = await openStepsFile(path, conditions);
  await again.add(goodRun(60));
  expect((await openStepsFile(path, conditions)).runs.map(({ users }) => users)).toEqual([20, 60]);
});

test('runs under other conditions are not put together', async () => {
  const path = await newPath();
  await openStepsFile(path, conditions);
  const other = openStepsFile(path, { ...conditions, durationS: 20 });
  await expect(other).rejects.toThrow(UsageError);
  await expect(other).rejects.toThrow('was measured with durationS 50, wanted is 20');
});

test.each(['', 'hello\n', '{}\n', '{"a":\n'])('a file that holds something else (%j) is refused', async (content) => {
  const path = join(await mkdtemp(join(tmpdir(), 'steps-')), 'steps.ndjson');
  await writeFile(path, content);
  await expect(openStepsFile(path, conditions)).rejects.toThrow('holds no measurements of load size');
});

test('a folder in its place is told', async () => {
  const path = await mkdtemp(join(tmpdir(), 'steps-'));
  await expect(openStepsFile(path, conditions)).rejects.toThrow('cannot be read');
});
