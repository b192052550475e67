import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changeLevels, getState, setState, stateEventTemplate } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

// From this room version on creators keep their rights whatever the levels say.
const creatorsAbove = '12';

// Power levels are read and written as one object, and can be set anew even after they were emptied.
// https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-read-write',
    title: 'Die Rechtestufen eines Raums lassen sich lesen, setzen, leeren und wieder setzen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroompower_levels'),
  },
  counterexamples: [
    {
      title: 'Eine gesetzte Stufe gilt nicht',
      defect: { when: { method: 'GET', path: stateEventTemplate }, alter: setting(['ban'], 50) },
      expectFinding: 'levels-differ',
    },
    {
      title: 'Stufen lassen sich nicht setzen',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: forbidding },
      expectFinding: 'write-refused',
    },
    {
      title: 'Nach dem Leeren lassen sich Stufen nicht mehr setzen',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'stuck-after-empty',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const { offered } = await roomVersions(request, alice);
    const version = offered.includes(creatorsAbove) ? { room_version: creatorsAbove } : {};
    const roomId = await room(alice, { preset: 'private_chat', ...version });
    const key = { roomId, eventType: 'm.room.power_levels' };
    const before = objectAt(premise(await getState(request, alice, key)).json, []);
    const changes = {
      ban: 66,
      events: { ...objectAt(before, ['events']), [probeType]: 33 },
      notifications: { room: 44 },
    };
    const written = await changeLevels(request, alice, roomId, changes);
    const read = await getState(request, alice, key);
    const rest =
      version.room_version === undefined
        ? []
        : [await setState(request, alice, key, {}), await setState(request, alice, key, before)];
    return outcomeOf(
      [
        ...expectAllowed(written, { code: 'write-refused', title: 'Die Rechtestufen lassen sich nicht setzen' }),
        ...expectEqual(
          read,
          { wanted: { ...before, ...changes }, got: read.json },
          { code: 'levels-differ', title: 'Die Rechtestufen sind nicht die gesetzten' },
        ),
        ...rest.flatMap((answer) =>
          expectAllowed(answer, {
            code: 'stuck-after-empty',
            title: 'Geleerte Rechtestufen lassen sich nicht wieder setzen',
          }),
        ),
      ],
      rest.length === 0 ? 'Gelesen und gesetzt' : 'Gelesen, gesetzt, geleert und wieder gesetzt',
    );
  },
});
