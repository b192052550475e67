import type { HttpDefect } from './defect.ts';
import { eventTemplate } from './room-events.ts';

/** For counterexamples: what a person may not see is shown, with what was shown before, if there was anything. */
export const showingHidden: HttpDefect = {
  when: { method: 'GET', path: eventTemplate },
  alter: (answer, { earlier }) =>
    answer.status === 404 ? { ...(earlier.findLast(({ status }) => status === 200) ?? answer), status: 200 } : answer,
};
