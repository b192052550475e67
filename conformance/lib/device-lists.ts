import type { Answer } from './answer.ts';
import { arrayAt } from './json.ts';

/** Users whose keys changed, or who need not be followed any more, as /sync tells them. */
export interface DeviceLists {
  readonly changed: readonly unknown[];
  readonly left: readonly unknown[];
}

export const deviceListsIn = (sync: unknown): DeviceLists => ({
  changed: arrayAt(sync, ['device_lists', 'changed']),
  left: arrayAt(sync, ['device_lists', 'left']),
});

/** All that several answers of /sync tell together. */
export function unionOf(answers: readonly Pick<Answer, 'json'>[]): DeviceLists {
  const lists = answers.map(({ json }) => deviceListsIn(json));
  return {
    changed: [...new Set(lists.flatMap(({ changed }) => changed))].toSorted(),
    left: [...new Set(lists.flatMap(({ left }) => left))].toSorted(),
  };
}
