import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the repository, for tests only: the program itself runs without it. */
export const specData = join(import.meta.dirname, '../../../../shared/matrix-spec-v1.19/data');
export const hasSpecData = existsSync(join(specData, 'event-schemas'));

/** Ends the title of a test group that needs the specification, so that a skip names its reason. */
export const specDataReason = hasSpecData ? '' : ` (skipped: no Matrix specification at ${specData})`;
