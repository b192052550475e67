import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { expectEqual } from '../../lib/match.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changingState } from '../../lib/state-defects.ts';
import { probeType } from '../../lib/tools.ts';

// What a client wants to have in the first event of a room is kept, except for what the server alone decides.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-content',
    title: 'Eigene Angaben beim Anlegen eines Raums bleiben erhalten, die Raumversion bestimmt der Server',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Eigene Angaben gehen verloren',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.create', [probeType], undefined) },
      expectFinding: 'content-lost',
    },
    {
      title: 'Der Verzicht auf andere Server geht verloren',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.create', ['m.federate'], true) },
      expectFinding: 'content-lost',
    },
    {
      title: 'Die hineingeschriebene Raumversion gilt',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.create', ['room_version'], '1') },
      expectFinding: 'version-overwritten',
    },
  ],
  async run({ request, user, room, random }) {
    const alice = await user('alice');
    const { standard } = await roomVersions(request, alice);
    if (standard === undefined || standard === '1')
      return inconclusive('Der Server nennt keine eigene Raumversion, von der sich die hineingeschriebene abhöbe.');
    const kept = { 'm.federate': false, [probeType]: { probe: random.word(16) } };
    const roomId = await room(alice, { creation_content: { ...kept, room_version: '1' } });
    const state = await readState(request, alice, roomId);
    const inCreate = (key: string) => stateValue(state.json, 'm.room.create', [key]);
    return outcomeOf(
      [
        ...expectEqual(
          state,
          { wanted: kept, got: Object.fromEntries(Object.keys(kept).map((key) => [key, inCreate(key)])) },
          { code: 'content-lost', title: 'Eigene Angaben zum Anlegen des Raums fehlen in seinem ersten Ereignis' },
        ),
        ...expectEqual(
          state,
          { wanted: standard, got: inCreate('room_version') },
          { code: 'version-overwritten', title: 'Ein Client schreibt die Raumversion am Server vorbei' },
        ),
      ],
      `Eigene Angaben erhalten, Raumversion ${standard}`,
    );
  },
});
