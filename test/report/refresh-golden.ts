import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeGoldenRun } from './golden-run.ts';

const golden = fileURLToPath(new URL('../golden/run', import.meta.url));

rmSync(golden, { recursive: true, force: true });
await writeGoldenRun(golden);
