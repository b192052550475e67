import { packageJson } from '../package-json.ts';

/** Version of this suite, as in package.json. */
export const suiteVersion = (): string => packageJson('').version;
