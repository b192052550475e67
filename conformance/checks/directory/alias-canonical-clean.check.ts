import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, shown } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}';

// A removed name should not go on being shown as the name of the room. The specification leaves it to the server.
// https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3directoryroomroomalias
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-canonical-clean',
    title: 'Wird eine Raumadresse gelöscht, verschwindet sie auch aus den angezeigten Adressen des Raums',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('delete_matrixclientv3directoryroomroomalias'),
    standing: 'informative',
  },
  counterexamples: [
    {
      title: 'Die gelöschte Adresse bleibt Hauptadresse',
      defect: { when: { method: 'GET', path }, alter: setting(['alias'], '#alt:example.org') },
      expectFinding: 'still-shown',
    },
    {
      title: 'Das Löschen misslingt, weil die Adresse noch angezeigt wird',
      defect: {
        when: { method: 'DELETE', path: aliasTemplate },
        alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }),
      },
      expectFinding: 'not-removed',
    },
  ],
  async run(tools) {
    const { request, user, room, poll } = tools;
    const alice = await user('alice');
    const roomId = await room(alice);
    const [main, other] = [aliasFor(tools, roomId, 'pruefstand-a'), aliasFor(tools, roomId, 'pruefstand-b')];
    for (const roomAlias of [main, other]) premise(await setAlias(request, alice, { roomAlias, roomId }));
    const params = { roomId, eventType: 'm.room.canonical_alias' };
    const body = { alias: main, alt_aliases: [other] };
    premise(await request('PUT', path, { params, session: alice, body }));
    const removed = [await removeAlias(request, alice, main), await removeAlias(request, alice, other)];
    const state = await poll({
      ask: () => request('GET', path, { params, session: alice }),
      until: ({ json }) => namesIn(json).length === 0,
      deadlineMs: settlingMs,
    });
    premise(state);
    return outcomeOf(
      [
        ...removed.flatMap((answer) =>
          expectStatus(answer, 200, {
            code: 'not-removed',
            title: 'Eine angezeigte Raumadresse lässt sich nicht löschen',
          }),
        ),
        ...expectThat(state, namesIn(state.json).length === 0, {
          code: 'still-shown',
          title: 'Eine gelöschte Raumadresse wird weiter angezeigt',
          expected: 'weder Haupt- noch Nebenadresse',
          observed: shown(namesIn(state.json)),
        }),
      ],
      'Nach dem Löschen weder Haupt- noch Nebenadresse',
    );
  },
});

const namesIn = (content: unknown): readonly unknown[] => [
  ...[stringAt(content, ['alias'])].filter((name) => name !== undefined && name !== ''),
  ...arrayAt(content, ['alt_aliases']),
];
