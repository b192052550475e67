import type { Alteration, HttpDefect } from './defect.ts';
import { arrayAt, type JsonPath, stringAt, withValueAt } from './json.ts';
import { changingRooms } from './sync-defects.ts';

export type EventsChange = (events: readonly unknown[]) => readonly unknown[];

/** For counterexamples: another list there. */
export const changingList =
  (path: JsonPath, change: EventsChange): Alteration =>
  (answer) => ({ ...answer, json: withValueAt(answer.json, path, change(arrayAt(answer.json, path))) });

/** For counterexamples: other timelines of the joined rooms in /sync. */
export const changingTimelines = (change: EventsChange): Alteration => changingRoomList(['timeline', 'events'], change);

/** For counterexamples: another list in each joined room in /sync. */
export const changingRoomList = (path: JsonPath, change: EventsChange): Alteration =>
  changingRooms('join', (room) => withValueAt(room, path, change(arrayAt(room, path))));

export const dropping: EventsChange = () => [];

export const doubling: EventsChange = (events) => [...events, ...events];

export const reversing: EventsChange = (events) => events.toReversed();

/** For counterexamples: every event sent before stands in a list of events as well. */
export function leakingSentInto(path: JsonPath, at: RegExp): HttpDefect {
  return {
    when: { path: new RegExp(`/send/|${at.source}`) },
    alter: (answer, { path: asked, earlier }) => {
      if (!at.test(asked)) return answer;
      const sent = earlier.flatMap(({ json }) => stringAt(json, ['event_id']) ?? []);
      const there = arrayAt(answer.json, path);
      const missing = sent.filter((id) => !there.some((event) => stringAt(event, ['event_id']) === id));
      return {
        ...answer,
        json: withValueAt(answer.json, path, [...there, ...missing.map((event_id) => ({ event_id }))]),
      };
    },
  };
}

/** For counterexamples: every event sent before stands in every timeline of /sync. */
export const leakingSentIntoTimelines: HttpDefect = {
  when: { path: /\/send\/|\/sync$/ },
  alter: (answer, seen) => {
    if (!seen.path.endsWith('/sync')) return answer;
    const sent = seen.earlier.flatMap(({ json }) => stringAt(json, ['event_id']) ?? []);
    return changingTimelines((events) => [...events, ...sent.map((event_id) => ({ event_id }))])(answer, seen);
  },
};
