import { type Alteration, alterJson } from '../../lib/alteration.ts';

/** The homeserver keeps from a device that somebody is no longer in the room. */
export const hidingDeparturesFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => (isDeparture(object) ? { ...object, content: { membership: 'join' } } : object))
      : answer;

const isDeparture = ({ type, content }: Readonly<Record<string, unknown>>): boolean =>
  type === 'm.room.member' && ['leave', 'ban'].includes(String((content as { membership?: unknown })?.membership));

/** The homeserver shows a device a departure where somebody was only renamed. */
export const renamingAsDepartureFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => (isRenaming(object) ? { ...object, content: { membership: 'leave' } } : object))
      : answer;

const isRenaming = ({ type, content }: Readonly<Record<string, unknown>>): boolean =>
  type === 'm.room.member' && String((content as { displayname?: unknown })?.displayname ?? '').endsWith(', umbenannt');
