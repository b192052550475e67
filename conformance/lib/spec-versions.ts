import type { Target } from '../../core/model/target.ts';
import { isAfter, type SpecVersion } from '../../schemas/matrix/spec-version.ts';

/** Whether the target says that it implements this version of the specification or a later one; one that says nothing is held to all of it. */
export const advertises = ({ specVersion }: Pick<Target, 'specVersion'>, version: SpecVersion): boolean =>
  !isAfter(version, specVersion);
