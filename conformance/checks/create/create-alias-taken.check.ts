import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasTemplate, removeAlias, resolveAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { createRoom } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/createRoom';

// A new room cannot take away another room's address.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-alias-taken',
    title: 'Ein neuer Raum kann die Adresse eines anderen nicht übernehmen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Der zweite Raum entsteht mit derselben Adresse',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { room_id: '!zweiter:example.org' })) },
      expectFinding: 'alias-taken-twice',
    },
    {
      title: 'Die Ablehnung nennt den falschen Grund',
      defect: { when: { path }, alter: onlyNth(2, answering(400, { errcode: 'M_UNKNOWN', error: 'altered' })) },
      expectFinding: 'alias-taken-twice',
    },
    {
      title: 'Die Adresse führt danach in einen anderen Raum',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: setting(['room_id'], '!zweiter:example.org') },
      expectFinding: 'alias-moved',
    },
  ],
  async run({ request, user, room, random, target }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const room_alias_name = `pruefstand-${random.word(16)}`;
    const alias = `#${room_alias_name}:${target.serverName}`;
    const first = await room(alice, { room_alias_name });
    const second = await createRoom(request, bob, { room_alias_name });
    const resolved = await resolveAlias(request, bob, alias);
    await removeAlias(request, alice, alias);
    return outcomeOf(
      [
        ...expectError(
          second,
          { status: 400, errcode: 'M_ROOM_IN_USE' },
          { code: 'alias-taken-twice', title: 'Eine vergebene Adresse wird einem zweiten Raum nicht verweigert' },
        ),
        ...expectEqual(
          resolved,
          { wanted: first, got: stringAt(resolved.json, ['room_id']) },
          { code: 'alias-moved', title: 'Die Adresse eines Raums führt nach dem zweiten Versuch anderswohin' },
        ),
      ],
      'Vergebene Adresse: 400 mit M_ROOM_IN_USE; sie führt weiter in den ersten Raum',
    );
  },
});
