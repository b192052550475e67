import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { AlterableAnswer } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { readState, replacingState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changingState } from '../../lib/state-defects.ts';

const version = '12';

// The digest of the first event names the room: nobody can slip another beginning under it. Its makers need no level.
// https://spec.matrix.org/v1.19/rooms/v12/
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.ver-v12',
    title: 'In Raumversion 12 ist der Raum nach seinem ersten Ereignis benannt und sein Ende besonders geschützt',
    requirements: ['SI-15', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomcreate'),
  },
  counterexamples: [
    {
      title: 'Der Raum ist nach nichts benannt',
      defect: { when: { path: stateTemplate }, alter: renamingCreate },
      expectFinding: 'id-not-digest',
    },
    {
      title: 'Wer den Raum angelegt hat, hat eine Rechtestufe',
      defect: {
        when: { path: stateTemplate },
        alter: (answer, seen) => {
          const creator = arrayAt(answer.json, [])
            .filter((event) => valueAt(event, ['type']) === 'm.room.create')
            .map((event) => [stringAt(event, ['sender']), 100]);
          return changingState('m.room.power_levels', ['users'], Object.fromEntries(creator))(answer, seen);
        },
      },
      expectFinding: 'creator-listed',
    },
    {
      title: 'Für das Ende des Raums genügt die gewöhnliche Stufe',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.power_levels', ['events'], {}) },
      expectFinding: 'tombstone-unprotected',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    if (!(await roomVersions(request, alice)).offered.includes(version))
      return notApplicable('Der Server bietet Raumversion 12 nicht an.');
    const roomId = await room(alice, { preset: 'private_chat', room_version: version });
    const state = await readState(request, alice, roomId);
    const create = arrayAt(state.json, []).find((event) => valueAt(event, ['type']) === 'm.room.create');
    const levels = objectAt(stateValue(state.json, 'm.room.power_levels', []), []);
    const tombstone = valueAt(levels, ['events', 'm.room.tombstone']);
    const usual = valueAt(levels, ['state_default']) ?? 50;
    return outcomeOf(
      [
        ...expectEqual(
          state,
          { wanted: roomId, got: (stringAt(create, ['event_id']) ?? '').replace('$', '!') },
          { code: 'id-not-digest', title: 'Der Raum ist nicht nach seinem ersten Ereignis benannt' },
        ),
        ...expectThat(state, valueAt(levels, ['users', alice.userId]) === undefined, {
          code: 'creator-listed',
          title: 'Wer den Raum angelegt hat, ist mit einer Rechtestufe aufgeführt',
          expected: 'keine Rechtestufe',
          observed: 'eine Rechtestufe',
        }),
        ...expectThat(state, Number(tombstone) > Number(usual), {
          code: 'tombstone-unprotected',
          title: 'Das Ende des Raums verlangt keine höhere Rechtestufe als anderer Zustand',
          expected: `mehr als ${usual}`,
          observed: `${tombstone ?? 'keine eigene Stufe'}`,
        }),
      ],
      'Name aus dem ersten Ereignis, keine Stufe für die anlegende Person, höhere Stufe für das Ende',
    );
  },
});

function renamingCreate(answer: AlterableAnswer): AlterableAnswer {
  const otherId = `$${'zufall'.padEnd(43, 'A')}`;
  const json = replacingState(answer.json, 'm.room.create', (event) => [withValueAt(event, ['event_id'], otherId)]);
  return { ...answer, json };
}
