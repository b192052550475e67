import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, resolveAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { notFound } from '../../lib/refusals.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

// Addresses go with the room: whoever follows one reaches the new room.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-aliases',
    title: 'Beim Umzug geht die Adresse auf den neuen Raum über',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-upgrades'),
  },
  counterexamples: [
    {
      title: 'Die Adresse führt in den alten Raum',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: setting(['room_id'], '!alter:example.org') },
      expectFinding: 'alias-stays',
    },
    {
      title: 'Die Adresse geht beim Umzug verloren',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: notFound },
      expectFinding: 'alias-stays',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const alice = await user('alice');
    const { from, to } = await upgradePath(request, alice);
    const old = await room(alice, { preset: 'private_chat', room_version: from });
    const alias = aliasFor(tools, old);
    premise(await setAlias(request, alice, { roomAlias: alias, roomId: old }));
    try {
      const successor = await upgraded(request, alice, old, to);
      const resolved = await resolveAlias(request, alice, alias);
      return outcomeOf(
        expectEqual(
          resolved,
          { wanted: successor, got: stringAt(resolved.json, ['room_id']) },
          { code: 'alias-stays', title: 'Die Adresse führt nach dem Umzug nicht in den neuen Raum' },
        ),
        'Adresse beim neuen Raum',
      );
    } finally {
      await removeAlias(request, alice, alias);
    }
  },
});
