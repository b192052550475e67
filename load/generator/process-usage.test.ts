import { expect, test } from 'vitest';
import { readProcessUsage } from './process-usage.ts';

test('tells memory and processor time of a running process', () => {
  const usage = readProcessUsage(process.pid);
  const reported = process.resourceUsage();
  expect(usage?.residentKib).toBeGreaterThan(10_000);
  expect(usage?.peakResidentKib).toBeGreaterThanOrEqual(usage?.residentKib ?? 0);
  const cpuSeconds = (reported.userCPUTime + reported.systemCPUTime) / 1e6;
  expect(Math.abs((usage?.cpuSeconds ?? 0) - cpuSeconds)).toBeLessThan(0.5);
});

test('an ended process has no usage', () => {
  expect(readProcessUsage(2 ** 22 + 1)).toBeUndefined();
});
