import type { Text } from '../../core/model/text.ts';
import type { Schedule } from '../../load/generator/plan-load.ts';

/** What a load run is going to do, in one line. */
export function planLine(population: string, { rooms, messages, planHash }: Schedule): Text {
  const people = messages.length;
  const memberships = rooms.reduce((sum, { members }) => sum + members.length, 0);
  const sends = messages.reduce((sum, own) => sum + own.length, 0);
  return {
    en: `${population}: ${people} people, ${rooms.length} rooms with ${memberships} memberships, ${sends} messages; plan ${planHash}`,
    de: `${population}: ${people} Personen, ${rooms.length} Räume mit ${memberships} Mitgliedschaften, ${sends} Nachrichten; Plan ${planHash}`,
  };
}
