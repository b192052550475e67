import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { changeLevels, setState } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

const path = /\/state\/de\.pruefstand\.probe$/;

// Rights end with the event that takes them.
// https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-demote',
    title: 'Entzogene Rechte enden sofort, ob einer Person oder allen entzogen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroompower_levels'),
  },
  counterexamples: [
    {
      title: 'Wer das Recht hat, kann nichts ändern',
      defect: { when: { path }, alter: forbidding },
      expectFinding: 'right-without-effect',
    },
    {
      title: 'Der herabgestuften Person bleibt das Recht',
      defect: { when: { path }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'demoted-still-may',
    },
    {
      title: 'Nach dem Senken der Stufe aller bleibt das Recht',
      defect: { when: { path }, alter: onlyNth(4, acceptingEvent) },
      expectFinding: 'all-still-may',
    },
  ],
  async run({ request, user, room, join, random }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await join(roomId, alice, bob);
    const attempt = () => setState(request, bob, { roomId, eventType: probeType }, { probe: random.word(16) });
    const change = async (changes: Readonly<Record<string, unknown>>) =>
      premise(await changeLevels(request, alice, roomId, changes));
    await change({ users: { [bob.userId]: 50 } });
    const entitled = await attempt();
    await change({ users: { [bob.userId]: 0 } });
    const demoted = await attempt();
    await change({ users: { [bob.userId]: undefined }, users_default: 50 });
    const raised = await attempt();
    await change({ users_default: 0 });
    const lowered = await attempt();
    return outcomeOf(
      [
        ...[entitled, raised].flatMap((answer) =>
          expectAllowed(answer, { code: 'right-without-effect', title: 'Ein gegebenes Recht wirkt nicht' }),
        ),
        ...expectForbidden(demoted, { code: 'demoted-still-may', title: 'Ein entzogenes Recht wirkt weiter' }),
        ...expectForbidden(lowered, { code: 'all-still-may', title: 'Ein allen entzogenes Recht wirkt weiter' }),
      ],
      'Mit Recht 200, gleich nach dem Entzug 403, einzeln wie für alle',
    );
  },
});
