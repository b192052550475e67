import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectInvalidOrForbidden } from '../../lib/refusals.ts';
import { getState, setState, stateEventTemplate } from '../../lib/state-requests.ts';

// The first event of a room is the only one of its kind, for ever.
// https://spec.matrix.org/v1.19/client-server-api/#mroomcreate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.create-event-immutable',
    title: 'Das erste Ereignis eines Raums lässt sich nicht ersetzen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomcreate'),
  },
  counterexamples: [
    {
      title: 'Ein zweites erstes Ereignis wird angenommen',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: acceptingEvent },
      expectFinding: 'second-accepted',
    },
    {
      title: 'Trotz der Ablehnung gilt das neue',
      defect: {
        when: { method: 'GET', path: stateEventTemplate },
        alter: onlyNth(2, setting(['m.federate'], false)),
      },
      expectFinding: 'first-replaced',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const roomId = await room(alice);
    const key = { roomId, eventType: 'm.room.create' };
    const before = premise(await getState(request, alice, key));
    const second = await setState(request, alice, key, { room_version: '1', 'm.federate': false });
    const after = premise(await getState(request, alice, key));
    return outcomeOf(
      [
        ...expectInvalidOrForbidden(second, {
          code: 'second-accepted',
          title: 'Ein zweites m.room.create wird nicht abgelehnt',
        }),
        ...expectEqual(
          after,
          { wanted: before.json, got: after.json },
          { code: 'first-replaced', title: 'Nach dem Versuch ist das erste Ereignis ein anderes' },
        ),
      ],
      'Zweites m.room.create abgelehnt, das erste unverändert',
    );
  },
});
