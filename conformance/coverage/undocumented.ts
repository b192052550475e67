import type { Exercise } from '../../core/model/exercise.ts';
import type { OperationFacts } from '../../schemas/matrix/operation-facts.ts';
import { isUndocumentedStatus } from '../../schemas/matrix/undocumented-status.ts';

/** What the specification does not describe: allowed, and told without a judgement. */
export interface Undocumented {
  /** Kinds of answers, e.g. `405 M_FORBIDDEN`, that neither the operation nor the general rules foresee. */
  readonly answers: readonly string[];
  /** Places of keys in answers, with `*` for what varies. */
  readonly keys: readonly string[];
}

export function undocumentedIn({ responses }: OperationFacts, exercises: readonly Exercise[]): Undocumented {
  const statuses = Object.keys(responses);
  const strange = exercises.filter(({ status, errcode }) => isUndocumentedStatus({ statuses }, status, { errcode }));
  return {
    answers: distinct(
      strange.map(({ status, errcode }) => (errcode === undefined ? `${status}` : `${status} ${errcode}`)),
    ),
    keys: distinct(exercises.flatMap(({ unknownKeys = [] }) => unknownKeys)),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
