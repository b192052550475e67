import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, resolveAlias, setAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';

// A name leads to its room, belongs to one room only, and leads nowhere once it is removed.
// https://spec.matrix.org/v1.19/client-server-api/#room-aliases
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-crud',
    title: 'Raumadressen lassen sich anlegen, auflösen und löschen, und jede gehört zu genau einem Raum',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-aliases'),
  },
  counterexamples: [
    {
      title: 'Die Adresse führt in einen anderen Raum',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: setting(['room_id'], '!fremd:example.org') },
      expectFinding: 'resolved-wrongly',
    },
    {
      title: 'Eine vergebene Adresse wird ein zweites Mal vergeben',
      defect: { when: { method: 'PUT', path: aliasTemplate }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'given-twice',
    },
    {
      title: 'Eine Adresse ohne Rautezeichen und Server wird angenommen',
      defect: { when: { method: 'PUT', path: aliasTemplate }, alter: onlyNth(3, answering(200, {})) },
      expectFinding: 'grammar-ignored',
    },
    {
      title: 'Die gelöschte Adresse führt weiter in den Raum',
      defect: {
        when: { method: 'GET', path: aliasTemplate },
        alter: (answer, { earlier }) => (earlier.length === 1 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'still-resolved',
    },
  ],
  async run(tools) {
    const { request, user, room, target } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const [roomId, otherRoom] = [await room(alice), await room(alice)];
    const roomAlias = aliasFor(tools, roomId);
    const set = await setAlias(request, alice, { roomAlias, roomId });
    const resolved = await resolveAlias(request, bob, roomAlias);
    const again = await setAlias(request, alice, { roomAlias, roomId: otherRoom });
    const malformed = await setAlias(request, alice, { roomAlias: 'pruefstand', roomId });
    const removed = await removeAlias(request, alice, roomAlias);
    const gone = await resolveAlias(request, bob, roomAlias);
    const twice = await removeAlias(request, alice, roomAlias);
    return outcomeOf(
      [
        ...expectStatus(set, 200, { code: 'not-set', title: 'Eine Raumadresse lässt sich nicht anlegen' }),
        ...resolvedFindings(resolved, roomId, target.serverName),
        ...expectError(
          again,
          { status: 409, errcode: ['M_UNKNOWN', 'M_ROOM_IN_USE'] },
          { code: 'given-twice', title: 'Eine vergebene Raumadresse wird erneut vergeben' },
        ),
        ...expectError(
          malformed,
          { status: 400, errcode: 'M_INVALID_PARAM' },
          { code: 'grammar-ignored', title: 'Eine ungültige Raumadresse wird nicht abgelehnt' },
        ),
        ...expectStatus(removed, 200, { code: 'not-removed', title: 'Eine Raumadresse lässt sich nicht löschen' }),
        ...[gone, twice].flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'still-resolved', title: 'Eine gelöschte Raumadresse gilt weiter' },
          ),
        ),
      ],
      'Angelegt, aufgelöst, doppelt 409, ungültig 400, gelöscht, danach 404',
    );
  },
});

function resolvedFindings(answer: Answer, roomId: string, serverName: string): Findings {
  const [got, servers] = [stringAt(answer.json, ['room_id']), arrayAt(answer.json, ['servers'])];
  return expectThat(answer, answer.status === 200 && got === roomId && servers.includes(serverName), {
    code: 'resolved-wrongly',
    title: 'Eine Raumadresse führt nicht in ihren Raum',
    expected: `${roomId}, erreichbar über ${serverName}`,
    observed: `Status ${answer.status}: ${got ?? 'kein Raum'}, erreichbar über ${servers.join(', ') || 'keinen Server'}`,
  });
}
