import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, removeAlias, setAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { createSpace, restrictedTo } from '../../lib/spaces.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v1/room_summary/{roomIdOrAlias}';

// Before entering, people see what kind of room it is; of private rooms strangers see nothing.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.room-summary',
    title: 'Die Vorschau eines Raums stimmt und ist nur zu sehen, wo man eintreten oder anklopfen dürfte',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1room_summaryroomidoralias'),
  },
  counterexamples: [
    {
      title: 'Der Name ist ein anderer',
      defect: { when: { path }, alter: setting(['name'], 'anders') },
      expectFinding: 'summary-differs',
    },
    {
      title: 'Der Anklopfraum gilt als offen',
      defect: { when: { path }, alter: setting(['join_rule'], 'public') },
      expectFinding: 'summary-differs',
    },
    {
      title: 'Fremde sehen die Vorschau eines privaten Raums',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 404 ? (seen.earlier[0] ?? answer) : answer),
      },
      expectFinding: 'private-shown',
    },
    {
      title: 'Der Raum, in den man über einen anderen kommt, ist verborgen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          valueAt(answer.json, ['join_rule']) === 'restricted'
            ? answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' })(answer, seen)
            : answer,
      },
      expectFinding: 'summary-differs',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const space = await createSpace(tools, alice);
    await join(space, alice, bob);
    const open = await room(alice, { name: 'Offen', preset: 'public_chat' });
    const knock = await room(alice, { name: 'Klopfen', initial_state: [knocking] });
    const restricted = await room(alice, { name: 'Beschränkt', initial_state: [restrictedTo(space)] });
    const closed = await room(alice, { name: 'Privat' });
    const roomAlias = aliasFor(tools, open);
    premise(await setAlias(request, alice, { roomAlias, roomId: open }));
    const ask = summaryFor(tools, bob);
    const [byId, byAlias] = [await ask(open), await ask(roomAlias)];
    const [knockable, enterable] = [await ask(knock), await ask(restricted)];
    const [hidden, own] = [await ask(closed), await summaryFor(tools, alice)(closed)];
    await removeAlias(request, alice, roomAlias);
    return outcomeOf(
      [
        ...[byId, byAlias].flatMap((answer) =>
          summaryFindings(answer, { room_id: open, name: 'Offen', join_rule: 'public' }),
        ),
        ...summaryFindings(knockable, { room_id: knock, name: 'Klopfen', join_rule: 'knock' }),
        ...summaryFindings(enterable, { room_id: restricted, name: 'Beschränkt', join_rule: 'restricted' }),
        ...expectEqual(
          enterable,
          { wanted: [space], got: valueAt(enterable.json, ['allowed_room_ids']) },
          { code: 'allowed-rooms-differ', title: 'Über welchen Raum man hineinkommt, wird falsch gesagt' },
        ),
        ...summaryFindings(own, { room_id: closed, name: 'Privat', join_rule: 'invite' }),
        ...expectError(
          hidden,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'private-shown', title: 'Fremde sehen die Vorschau eines privaten Raums' },
        ),
      ],
      'Offener, anklopfbarer und beschränkter Raum richtig angezeigt, ein privater nur dem Mitglied',
    );
  },
});

const knocking = { type: 'm.room.join_rules', state_key: '', content: { join_rule: 'knock' } };

const summaryFor =
  ({ request }: Tools, session: Session) =>
  (roomIdOrAlias: string): Promise<Answer> =>
    request('GET', path, { params: { roomIdOrAlias }, session });

const summaryFindings = (
  answer: Answer,
  wanted: { readonly room_id: string; readonly name: string; readonly join_rule: string },
): Findings =>
  expectEqual(
    answer,
    {
      wanted: { ...wanted, num_joined_members: 1 },
      got: {
        room_id: valueAt(answer.json, ['room_id']),
        name: valueAt(answer.json, ['name']),
        // Without it the room is open to all.
        join_rule: valueAt(answer.json, ['join_rule']) ?? (answer.status === 200 ? 'public' : undefined),
        num_joined_members: valueAt(answer.json, ['num_joined_members']),
      },
    },
    { code: 'summary-differs', title: 'Die Vorschau eines Raums fehlt oder stimmt nicht' },
  );
