import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { changeLevels, stateEventTemplate } from '../../lib/state-requests.ts';

const own = 50;
const above = 51;

// Nobody gives anybody, or asks for anything, more than the own level.
// https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-no-escalation',
    title: 'Niemand hebt sich oder andere über die eigene Rechtestufe',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroompower_levels'),
  },
  // The first change of the levels is the creator's own.
  counterexamples: [
    {
      title: 'Ein Mitglied erhöht sich selbst',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'raised-self',
    },
    {
      title: 'Ein Mitglied erhöht andere über sich',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(3, acceptingEvent) },
      expectFinding: 'raised-other',
    },
    {
      title: 'Ein Mitglied verlangt für eine Handlung mehr, als es selbst hat',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(4, acceptingEvent) },
      expectFinding: 'raised-action',
    },
    {
      title: 'Auch die Stufe für Benachrichtigungen lässt sich überheben',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(5, acceptingEvent) },
      expectFinding: 'raised-notifications',
    },
    {
      title: 'Auch bis zur eigenen Stufe darf niemand gehen',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(6, forbidding) },
      expectFinding: 'equal-refused',
    },
  ],
  async run({ request, user, room, join }) {
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await join(roomId, alice, bob);
    premise(await changeLevels(request, alice, roomId, levelsFor(bob.userId)));
    const change = (changes: Readonly<Record<string, unknown>>) => changeLevels(request, bob, roomId, changes);
    const self = await change({ users: { [bob.userId]: above } });
    const other = await change({ users: { [carol.userId]: above } });
    const action = await change({ ban: above });
    const notifications = await change({ notifications: { room: above } });
    const equal = await change({ users: { [carol.userId]: own }, ban: own });
    return outcomeOf(
      [
        ...expectForbidden(self, { code: 'raised-self', title: 'Ein Mitglied kann die eigene Rechtestufe erhöhen' }),
        ...expectForbidden(other, { code: 'raised-other', title: 'Ein Mitglied kann andere über sich erheben' }),
        ...expectForbidden(action, {
          code: 'raised-action',
          title: 'Ein Mitglied kann für eine Handlung mehr verlangen, als es selbst hat',
        }),
        ...expectForbidden(notifications, {
          code: 'raised-notifications',
          title: 'Ein Mitglied kann für Benachrichtigungen mehr verlangen, als es selbst hat',
        }),
        ...expectAllowed(equal, {
          code: 'equal-refused',
          title: 'Bis zur eigenen Stufe lassen sich Rechte nicht geben',
        }),
      ],
      `Über ${own} hinaus je 403, bis ${own} 200`,
    );
  },
});

/** One person besides the creator may change the levels. */
const levelsFor = (userId: string) => ({
  users: { [userId]: own },
  events: { 'm.room.power_levels': own },
  ban: 40,
});
