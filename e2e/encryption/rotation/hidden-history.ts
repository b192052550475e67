import { type Alteration, alterJson } from '../../lib/alteration.ts';

/** The homeserver keeps telling a device that the past of rooms is open. */
export const hidingHistoryFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) =>
          object['type'] === 'm.room.history_visibility'
            ? { ...object, content: { history_visibility: 'shared' } }
            : object,
        )
      : answer;
