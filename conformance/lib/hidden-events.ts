import type { HttpDefect } from './defect.ts';
import { eventTemplate } from './room-events.ts';

/** For counterexamples: what a person may not see is shown, in place of what was seen before. */
export const showingHidden: HttpDefect = {
  when: { method: 'GET', path: eventTemplate },
  alter: (answer, { earlier }) => {
    const shown = earlier.findLast(({ status }) => status === 200);
    return answer.status === 404 && shown !== undefined ? shown : answer;
  },
};
