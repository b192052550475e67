import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, resolveAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const removal = { method: 'DELETE', path: aliasTemplate };

// Nobody takes away the name of a room who may not change it: neither a plain member nor a stranger.
// https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3directoryroomroomalias
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-rights',
    title: 'Eine Raumadresse löschen weder einfache Mitglieder noch Fremde',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('delete_matrixclientv3directoryroomroomalias'),
  },
  counterexamples: [
    {
      title: 'Ein einfaches Mitglied löscht die Adresse',
      defect: { when: removal, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'removed-without-right',
    },
    {
      title: 'Die Löschung wird abgelehnt und trotzdem ausgeführt',
      defect: {
        when: { method: 'GET', path: aliasTemplate },
        alter: answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' }),
      },
      expectFinding: 'gone-although-refused',
    },
    {
      title: 'Auch wer die Adresse angelegt hat, darf sie nicht löschen',
      defect: { when: removal, alter: onlyNth(3, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })) },
      expectFinding: 'creator-refused',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const roomId = await room(alice);
    await join(roomId, alice, bob);
    const roomAlias = aliasFor(tools, roomId);
    premise(await setAlias(request, alice, { roomAlias, roomId }));
    const byMember = await removeAlias(request, bob, roomAlias);
    const byStranger = await removeAlias(request, carol, roomAlias);
    const resolved = await resolveAlias(request, alice, roomAlias);
    const byCreator = await removeAlias(request, alice, roomAlias);
    return outcomeOf(
      [
        ...[byMember, byStranger].flatMap((answer) =>
          expectError(
            answer,
            { status: 403, errcode: 'M_FORBIDDEN' },
            { code: 'removed-without-right', title: 'Eine Raumadresse lässt sich ohne Recht dazu löschen' },
          ),
        ),
        ...expectEqual(
          resolved,
          { wanted: roomId, got: stringAt(resolved.json, ['room_id']) },
          { code: 'gone-although-refused', title: 'Eine Raumadresse ist fort, obwohl das Löschen abgelehnt wurde' },
        ),
        ...expectStatus(byCreator, 200, {
          code: 'creator-refused',
          title: 'Wer eine Raumadresse angelegt hat, kann sie nicht löschen',
        }),
      ],
      'Mitglied und Fremde 403, die Adresse blieb; wer sie angelegt hat, löscht sie',
    );
  },
});
