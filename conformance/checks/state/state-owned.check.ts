import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { acceptingEvent, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { setState, stateKeyTemplate } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

// State under a person's name is set by that person alone, whatever the others' rights.
// https://spec.matrix.org/v1.19/client-server-api/#types-of-room-events
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.state-owned',
    title: 'Zustand unter dem Namen einer Person setzt nur diese selbst',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('types-of-room-events'),
  },
  counterexamples: [
    {
      title: 'Wer den Raum angelegt hat, schreibt unter fremdem Namen',
      defect: { when: { path: stateKeyTemplate }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'written-for-other',
    },
    {
      title: 'Mitglieder können unter eigenem Namen nichts setzen',
      defect: { when: { path: stateKeyTemplate }, alter: forbidding },
      expectFinding: 'own-refused',
    },
    {
      title: 'Mitglieder mit Recht schreiben unter fremdem Namen',
      defect: { when: { path: stateKeyTemplate }, alter: onlyNth(3, acceptingEvent) },
      expectFinding: 'written-for-other',
    },
  ],
  async run({ request, user, room, join, random }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const power_level_content_override = { events: { [probeType]: 0 } };
    const roomId = await room(alice, { preset: 'private_chat', power_level_content_override });
    await join(roomId, alice, bob);
    const content = { probe: random.word(16) };
    const under = (stateKey: string) => ({ roomId, eventType: probeType, stateKey });
    const creator = await setState(request, alice, under(bob.userId), content);
    const own = await setState(request, bob, under(bob.userId), content);
    const member = await setState(request, bob, under(alice.userId), content);
    return outcomeOf(
      [
        ...[creator, member].flatMap((answer) =>
          expectForbidden(answer, {
            code: 'written-for-other',
            title: 'Unter dem Namen einer anderen Person lässt sich Zustand setzen',
          }),
        ),
        ...expectAllowed(own, {
          code: 'own-refused',
          title: 'Unter dem eigenen Namen lässt sich kein Zustand setzen',
        }),
      ],
      'Unter fremdem Namen 403, unter eigenem 200',
    );
  },
});
