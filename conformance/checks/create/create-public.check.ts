import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { openHistory, presetFindings } from '../../lib/preset-rules.ts';
import { readState, stateTemplate } from '../../lib/room-state.ts';
import { addingState, changingState } from '../../lib/state-defects.ts';

const preset = { join: 'public', history: 'shared', guests: 'forbidden' };

// Public rooms get exactly the rules of their preset: open to all with an account, not to guests, not to the world.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-public',
    title: 'Öffentliche Räume entstehen mit den Regeln ihrer Vorlage',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Niemand kann dem öffentlichen Raum beitreten',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.join_rules', ['join_rule'], 'invite') },
      expectFinding: 'join-rule',
    },
    openHistory,
    {
      title: 'Gäste dürfen hinein',
      defect: {
        when: { path: stateTemplate },
        alter: addingState({ type: 'm.room.guest_access', state_key: '', content: { guest_access: 'can_join' } }),
      },
      expectFinding: 'guests',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const state = await readState(request, alice, await room(alice, { preset: 'public_chat' }));
    return outcomeOf(
      presetFindings(state, preset, 'eines öffentlichen Raums'),
      'Beitritt für alle mit Konto, Verlauf für Mitglieder, keine Gäste',
    );
  },
});
