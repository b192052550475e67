import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changingState } from '../../lib/state-defects.ts';
import { createRoom, probeType, type Tools } from '../../lib/tools.ts';

const override = { ban: 66, users_default: 5, events: { [probeType]: 77 } };

// Power levels asked for replace the usual ones; creators stand above all levels from room version 12 on and cannot be listed.
// https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-pl-override',
    title: 'Verlangte Rechtestufen gelten im neuen Raum',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Die verlangte Stufe zum Verbannen gilt nicht',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.power_levels', ['ban'], 50) },
      expectFinding: 'levels-differ',
    },
    {
      title: 'Die verlangten Stufen für Ereignisse gelten nicht',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.power_levels', ['events'], {}) },
      expectFinding: 'levels-differ',
    },
    {
      title: 'Wer den Raum anlegt, kann sich selbst eine Stufe geben',
      defect: {
        when: { method: 'POST', path: '/_matrix/client/v3/createRoom' },
        alter: (answer, seen) =>
          seen.earlier.length === 0 ? answer : answering(200, { room_id: '!altered:example.org' })(answer, seen),
      },
      expectFinding: 'creator-listed',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice, { power_level_content_override: override });
    const state = await readState(tools.request, alice, roomId);
    const levelOf = (key: string) => stateValue(state.json, 'm.room.power_levels', [key]);
    const got = Object.fromEntries(Object.keys(override).map((key) => [key, levelOf(key)]));
    return outcomeOf(
      [
        ...expectEqual(
          state,
          { wanted: override, got },
          { code: 'levels-differ', title: 'Der neue Raum hat nicht die verlangten Rechtestufen' },
        ),
        ...(await creatorFindings(tools, alice)),
      ],
      'Verlangte Stufen übernommen; ab Raumversion 12 keine Stufe für die anlegende Person',
    );
  },
});

async function creatorFindings({ request }: Tools, creator: Session): Promise<Findings> {
  const { offered } = await roomVersions(request, creator);
  if (!offered.includes('12')) return [];
  const users = { [creator.userId]: 100 };
  const body = { room_version: '12', power_level_content_override: { users } };
  return expectStatus(await createRoom(request, creator, body), 400, {
    code: 'creator-listed',
    title: 'In Raumversion 12 erhält die anlegende Person eine Rechtestufe',
  });
}
