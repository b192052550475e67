import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { openHistory, presetFindings } from '../../lib/preset-rules.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { changingState } from '../../lib/state-defects.ts';

const preset = { join: 'invite', history: 'shared', guests: 'can_join' };

// Private rooms get exactly the rules of their preset, trusted ones make those invited equal to the creator.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-private',
    title: 'Private Räume entstehen mit den Regeln ihrer Vorlage',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Der private Raum steht jedem offen',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.join_rules', ['join_rule'], 'public') },
      expectFinding: 'join-rule',
    },
    openHistory,
    {
      title: 'Eingeladene sind im vertrauten Raum nicht gleichgestellt',
      defect: {
        when: { path: stateTemplate },
        alter: (answer, seen) =>
          changingState(
            'm.room.create',
            ['additional_creators'],
            [],
          )(changingState('m.room.power_levels', ['users'], {})(answer, seen), seen),
      },
      expectFinding: 'invitee-not-equal',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const plain = await readState(request, alice, await room(alice, { preset: 'private_chat' }));
    const trustedRoom = await room(alice, { preset: 'trusted_private_chat', invite: [bob.userId] });
    const trusted = await readState(request, alice, trustedRoom);
    return outcomeOf(
      [...ruleFindings(plain), ...ruleFindings(trusted), ...equalityFindings(trusted, bob.userId)],
      'Beitritt nur auf Einladung, Verlauf für Mitglieder, Eingeladene im vertrauten Raum gleichgestellt',
    );
  },
});

const ruleFindings = (state: Answer): Findings => presetFindings(state, preset, 'eines privaten Raums');

/** From room version 12 creators stand above all power levels and are listed in the create event. */
function equalityFindings(state: Answer, invitee: string): Findings {
  const { json } = state;
  const creators = arrayAt(stateValue(json, 'm.room.create', ['additional_creators']), []);
  const level = stateValue(json, 'm.room.power_levels', ['users', invitee]);
  return expectThat(state, creators.includes(invitee) || level === 100, {
    code: 'invitee-not-equal',
    title: 'Im vertrauten Raum sind Eingeladene der anlegenden Person nicht gleichgestellt',
    expected: 'Eingeladene als weitere Ersteller oder mit der Stufe 100',
    observed: `nicht unter den Erstellern, Stufe ${level ?? 'nicht gesetzt'}`,
  });
}
