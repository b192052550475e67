import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { expectEqual } from '../../lib/match.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { addingState, changingState } from '../../lib/state-defects.ts';

const rules = [
  { type: 'm.room.join_rules', key: 'join_rule', wanted: 'public', code: 'join-rule', what: 'Beitrittsregel' },
  {
    type: 'm.room.history_visibility',
    key: 'history_visibility',
    wanted: 'shared',
    code: 'history',
    what: 'Sichtbarkeit des Verlaufs',
  },
  { type: 'm.room.guest_access', key: 'guest_access', wanted: 'forbidden', code: 'guests', what: 'Regel für Gäste' },
] as const;

// Without the event guests are kept out, so a server need not send it.
const whenAbsent: Readonly<Record<string, string>> = { 'm.room.guest_access': 'forbidden' };

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
    {
      title: 'Der Verlauf ist für alle Welt lesbar',
      defect: {
        when: { path: stateTemplate },
        alter: changingState('m.room.history_visibility', ['history_visibility'], 'world_readable'),
      },
      expectFinding: 'history',
    },
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
      rules.flatMap(({ type, key, wanted, code, what }) =>
        expectEqual(
          state,
          { wanted, got: stateValue(state.json, type, [key]) ?? whenAbsent[type] },
          { code, title: `${what} eines öffentlichen Raums weicht ab` },
        ),
      ),
      'Beitritt für alle mit Konto, Verlauf für Mitglieder, keine Gäste',
    );
  },
});
