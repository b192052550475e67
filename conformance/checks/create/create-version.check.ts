import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changingState } from '../../lib/state-defects.ts';

const path = ['room_version'];

// Who asks for a room version gets it, who does not gets the one the server names as its own choice.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-version',
    title: 'Neue Räume haben die verlangte Raumversion, sonst die angekündigte',
    requirements: ['KO-05', 'SI-15'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Ohne Angabe entsteht ein Raum der ersten Version',
      defect: { when: { path: stateTemplate }, alter: onlyNth(1, changingState('m.room.create', path, '1')) },
      expectFinding: 'default-differs',
    },
    {
      title: 'Die verlangte Version wird übergangen',
      defect: { when: { path: stateTemplate }, alter: onlyNth(2, changingState('m.room.create', path, '1')) },
      expectFinding: 'version-ignored',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const { standard, offered } = await roomVersions(request, alice);
    const other = offered.findLast((version) => version !== standard && version !== '1');
    if (standard === undefined || other === undefined)
      return inconclusive('Der Server bietet neben der angekündigten keine zweite Raumversion an.');
    const usual = await readState(request, alice, await room(alice));
    const chosen = await readState(request, alice, await room(alice, { room_version: other }));
    return outcomeOf(
      [
        ...expectEqual(
          usual,
          { wanted: standard, got: versionIn(usual.json) },
          { code: 'default-differs', title: 'Ein neuer Raum hat nicht die als Vorgabe genannte Raumversion' },
        ),
        ...expectEqual(
          chosen,
          { wanted: other, got: versionIn(chosen.json) },
          { code: 'version-ignored', title: 'Ein neuer Raum hat nicht die verlangte Raumversion' },
        ),
      ],
      `Ohne Angabe Version ${standard}, auf Verlangen Version ${other}`,
    );
  },
});

// A room that names none is of the first version.
const versionIn = (state: unknown): unknown => stateValue(state, 'm.room.create', path) ?? '1';
