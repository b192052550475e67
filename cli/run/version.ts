import { packageJson } from '../../setup/lib/package-json.ts';
import { repositoryRoot } from '../../setup/places.ts';

/** Version of this suite, as in package.json. */
export const suiteVersion = (): string => packageJson(repositoryRoot).version;
