import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { expectMembership, membershipAs, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { megolm, readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { changingState, droppingState } from '../../lib/state-defects.ts';
import { changeLevels } from '../../lib/state-requests.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

// Nothing of what the members set up or decided is lost with the old room. The specification only recommends what to take along.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-copies',
    title: 'Beim Umzug nimmt der neue Raum Namen, Bild, Regeln, Rechte und Verbannungen mit',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-upgrades'),
    standing: 'informative',
  },
  counterexamples: [
    {
      title: 'Der Name geht verloren',
      defect: { when: { path: stateTemplate }, alter: droppingState('m.room.name') },
      expectFinding: 'm.room.name-lost',
    },
    {
      title: 'Der Raum steht plötzlich allen offen',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.join_rules', ['join_rule'], 'public') },
      expectFinding: 'm.room.join_rules-lost',
    },
    {
      title: 'Ausgeschlossene Server dürfen wieder teilnehmen',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.server_acl', ['deny'], []) },
      expectFinding: 'm.room.server_acl-lost',
    },
    {
      title: 'Die Rechte der Mitglieder gehen verloren',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.power_levels', ['users'], {}) },
      expectFinding: 'levels-lost',
    },
    {
      title: 'Verbannte dürfen zurück',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'leave') },
      expectFinding: 'bans-lost',
    },
  ],
  async run(tools) {
    const { request, user, room, random, target } = tools;
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const { from, to } = await upgradePath(request, alice);
    const contents = contentsFor(random.word(12), target.serverName);
    const initial_state = Object.entries(contents).map(([type, content]) => ({ type, state_key: '', content }));
    const old = await room(alice, { preset: 'private_chat', room_version: from, initial_state });
    premise(await changeLevels(request, alice, old, { ban: 66, users: { [bob.userId]: 40 } }));
    premise(await membershipSteps(request).ban(alice, old, carol));
    const successor = await upgraded(request, alice, old, to);
    const state = await readState(request, alice, successor);
    const banned = await membershipAs(tools, alice, { roomId: successor, whom: carol, wanted: 'ban' });
    const level = (...path: readonly string[]) => stateValue(state.json, 'm.room.power_levels', path);
    return outcomeOf(
      [
        ...Object.entries(contents).flatMap(([type, wanted]) =>
          expectEqual(
            state,
            { wanted, got: stateValue(state.json, type, []) },
            { code: `${type}-lost`, title: `Der neue Raum übernimmt ${type} nicht` },
          ),
        ),
        ...expectEqual(
          state,
          { wanted: { ban: 66, bob: 40 }, got: { ban: level('ban'), bob: level('users', bob.userId) } },
          { code: 'levels-lost', title: 'Der neue Raum übernimmt die Rechtestufen nicht' },
        ),
        ...expectMembership(banned, 'ban', {
          code: 'bans-lost',
          title: 'Der neue Raum übernimmt die Verbannungen nicht',
        }),
      ],
      `${Object.keys(contents).length} Angaben, Rechtestufen und Verbannung übernommen`,
    );
  },
});

/** Next to none of them is what a server would set by itself. */
const contentsFor = (word: string, serverName: string): Readonly<Record<string, unknown>> => ({
  'm.room.name': { name: `Raum ${word}` },
  'm.room.topic': { topic: `Thema ${word}` },
  'm.room.avatar': { url: `mxc://${serverName}/${word}` },
  'm.room.join_rules': { join_rule: 'knock' },
  'm.room.history_visibility': { history_visibility: 'invited' },
  'm.room.guest_access': { guest_access: 'forbidden' },
  'm.room.encryption': { algorithm: megolm },
  'm.room.server_acl': { allow: ['*'], allow_ip_literals: false, deny: ['*.pruefstand.invalid'] },
});
