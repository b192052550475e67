import { type K6Options, runK6 } from '../../load/generator/k6-process.ts';

/** Runs k6 as the generator does, to be ended from outside. */
const options: Omit<K6Options, 'signal' | 'onRecord'> = JSON.parse(process.argv[2] ?? '');
await runK6({ ...options, signal: new AbortController().signal, onRecord: () => {} });
