import { configDefaults, defineConfig } from 'vitest/config';

const minuteMs = 60_000;
const foreign = ['**/.tools/**', '**/dist/**', 'runs/**'];

/** unit: pure and quick, beside the code. whole: real servers, browsers and load; one file at a time on few cores. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Ends what hangs. A cold or busy machine may take long for a quick test: time is measured by benchmarks.
          testTimeout: minuteMs,
          hookTimeout: minuteMs,
          setupFiles: 'test/lib/temporary-folder.setup.ts',
          include: ['**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...foreign, 'test/**'],
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 10 * minuteMs,
          hookTimeout: 10 * minuteMs,
          // After the quick ones, which would disturb what is measured here.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
