import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, resolveAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';

const listTemplate = '/_matrix/client/v3/rooms/{roomId}/aliases';

// Names of rooms may be in any writing; the server gives them back as they were.
// https://spec.matrix.org/v1.19/appendices/#room-aliases
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-unicode',
    title: 'Raumadressen mit Umlauten und fremden Schriftzeichen führen in ihren Raum und bleiben unverändert',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3directoryroomroomalias'),
  },
  counterexamples: [
    {
      title: 'Die Adresse wird abgelehnt',
      defect: {
        when: { method: 'PUT', path: aliasTemplate },
        alter: answering(400, { errcode: 'M_INVALID_PARAM', error: 'altered' }),
      },
      expectFinding: 'refused',
    },
    {
      title: 'Die Adresse führt in einen anderen Raum',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: setting(['room_id'], '!fremd:example.org') },
      expectFinding: 'resolved-wrongly',
    },
    {
      title: 'Die Liste zeigt die Adresse mit ersetzten Zeichen',
      defect: { when: { path: listTemplate }, alter: setting(['aliases'], ['#pr?fstand:example.org']) },
      expectFinding: 'altered',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const alice = await user('alice');
    const roomId = await room(alice);
    const roomAlias = aliasFor(tools, roomId, 'prüfstand-Ärzte-会議室-😀');
    const set = await setAlias(request, alice, { roomAlias, roomId });
    const resolved = await resolveAlias(request, alice, roomAlias);
    const list = await request('GET', listTemplate, { params: { roomId }, session: alice });
    await removeAlias(request, alice, roomAlias);
    return outcomeOf(
      [
        ...expectStatus(set, 200, { code: 'refused', title: 'Eine Raumadresse mit Umlauten wird abgelehnt' }),
        ...expectEqual(
          resolved,
          { wanted: roomId, got: stringAt(resolved.json, ['room_id']) },
          { code: 'resolved-wrongly', title: 'Eine Raumadresse mit Umlauten führt nicht in ihren Raum' },
        ),
        ...expectEqual(
          list,
          { wanted: [roomAlias], got: arrayAt(list.json, ['aliases']) },
          { code: 'altered', title: 'Eine Raumadresse mit Umlauten wird verändert wiedergegeben' },
        ),
      ],
      'Angelegt, aufgelöst und unverändert aufgeführt',
    );
  },
});
