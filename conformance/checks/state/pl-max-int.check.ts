import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { acceptingEvent, expectAllowed, expectInvalidOrForbidden, forbidding } from '../../lib/refusals.ts';
import { changeLevels } from '../../lib/state-requests.ts';

const path = /\/state\/m\.room\.power_levels$/;
const highest = Number.MAX_SAFE_INTEGER;

// Levels are whole numbers that every program reads alike; nothing beyond gets into a room.
// https://spec.matrix.org/v1.19/appendices/#canonical-json
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-max-int',
    title: 'Rechtestufen außerhalb des zulässigen Zahlbereichs lehnt der Server ab',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroompower_levels'),
  },
  counterexamples: [
    {
      title: 'Eine zu große Zahl wird angenommen',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'beyond-range',
    },
    {
      title: 'Eine zu kleine Zahl wird angenommen',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'beyond-range',
    },
    {
      title: 'Eine gebrochene Zahl wird angenommen',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(3, acceptingEvent) },
      expectFinding: 'not-whole',
    },
    {
      title: 'Auch eine Zahl am Rand wird abgelehnt',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(4, forbidding) },
      expectFinding: 'edge-refused',
    },
  ],
  async run({ request, user, room }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    const set = (level: number) => changeLevels(request, alice, roomId, { users: { [bob.userId]: level } });
    const beyond = [await set(highest + 1), await set(-highest - 1)];
    const fraction = await set(1.5);
    // The creator of a room before version 12 has level 100 and cannot give more.
    const outermost = await set(-highest);
    return outcomeOf(
      [
        ...beyond.flatMap((answer) =>
          expectInvalidOrForbidden(answer, {
            code: 'beyond-range',
            title: 'Eine Rechtestufe außerhalb des zulässigen Zahlbereichs wird angenommen',
          }),
        ),
        ...expectInvalidOrForbidden(fraction, {
          code: 'not-whole',
          title: 'Eine gebrochene Rechtestufe wird angenommen',
        }),
        ...expectAllowed(outermost, {
          code: 'edge-refused',
          title: 'Eine Rechtestufe am Rand des zulässigen Zahlbereichs wird abgelehnt',
        }),
      ],
      'Jenseits des Zahlbereichs und gebrochen abgelehnt, am Rand angenommen',
    );
  },
});
