import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, removeAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/rooms/{roomId}/aliases';

// All names of a room are shown to its members, and to others only where everybody may read the room.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidaliases
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-list',
    title: 'Die Adressen eines Raums sehen nur Mitglieder, außer der Raum ist für alle lesbar',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidaliases'),
  },
  counterexamples: [
    {
      title: 'Eine Adresse fehlt',
      defect: { when: { path }, alter: setting(['aliases'], []) },
      expectFinding: 'list-differs',
    },
    {
      title: 'Fremde sehen die Adressen eines privaten Raums',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, { aliases: [] })(answer, seen) : answer),
      },
      expectFinding: 'shown-to-strangers',
    },
    {
      title: 'Die Adressen eines für alle lesbaren Raums sind verborgen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.earlier.length === 2
            ? answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })(answer, seen)
            : answer,
      },
      expectFinding: 'hidden-although-readable',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const closed = await room(alice);
    const readable = await room(alice, { initial_state: [worldReadable] });
    const aliases = [aliasFor(tools, closed, 'pruefstand-a'), aliasFor(tools, closed, 'pruefstand-b')];
    const open = aliasFor(tools, readable);
    for (const roomAlias of aliases) premise(await setAlias(request, alice, { roomAlias, roomId: closed }));
    premise(await setAlias(request, alice, { roomAlias: open, roomId: readable }));
    const byMember = await request('GET', path, { params: { roomId: closed }, session: alice });
    const byStranger = await request('GET', path, { params: { roomId: closed }, session: bob });
    const byReader = await request('GET', path, { params: { roomId: readable }, session: bob });
    for (const roomAlias of [...aliases, open]) await removeAlias(request, alice, roomAlias);
    return outcomeOf(
      [
        ...expectEqual(
          byMember,
          { wanted: aliases, got: arrayAt(byMember.json, ['aliases']).toSorted() },
          { code: 'list-differs', title: 'Die Liste nennt nicht genau die Adressen des Raums' },
        ),
        ...expectError(
          byStranger,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'shown-to-strangers', title: 'Fremde sehen die Adressen eines privaten Raums' },
        ),
        ...expectEqual(
          byReader,
          { wanted: [open], got: arrayAt(byReader.json, ['aliases']) },
          { code: 'hidden-although-readable', title: 'Die Adressen eines für alle lesbaren Raums sind verborgen' },
        ),
      ],
      'Mitglied: beide Adressen; Fremde: 403, bei einem für alle lesbaren Raum seine Adresse',
    );
  },
});

const worldReadable = {
  type: 'm.room.history_visibility',
  state_key: '',
  content: { history_visibility: 'world_readable' },
};
