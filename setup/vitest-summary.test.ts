import { expect, test } from 'vitest';
import { closingLine } from './vitest-summary.ts';

const counts = { numPassedTests: 12, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
const failedTest = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };

test('passed, failed and skipped tests are told in one plain line', () => {
  expect(closingLine({ ...counts, testResults: [failedTest] })).toBe('12 passed, 1 failed, 3 skipped');
});

test('a file that could not be loaded counts as failed although it has no failed test', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(closingLine({ ...counts, testResults: [failedTest, unloaded] })).toBe('12 passed, 2 failed, 3 skipped');
});
