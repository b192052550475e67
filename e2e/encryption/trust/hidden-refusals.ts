import { type Alteration, alterJson } from '../../lib/alteration.ts';

/** The homeserver keeps from every device that somebody refused it a key. */
export const hidingRefusals: Alteration = ({ answer }) =>
  alterJson(answer, (object) => (object['type'] === 'm.room_key.withheld' ? undefined : object));
