import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import {
  addChild,
  createSpace,
  hierarchyTemplate as path,
  readHierarchy,
  restrictedTo,
  roomIdsIn,
  roomsIn,
} from '../../lib/spaces.ts';

// Of a space people see the rooms they could enter; of the others they do not even learn that there are any.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.space-visibility',
    title: 'Ein Raumverbund zeigt jeder Person nur die Räume, die sie betreten dürfte',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1roomsroomidhierarchy'),
  },
  counterexamples: [
    {
      title: 'Ein verschlossener Raum wird gezeigt',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.earlier.length === 0
            ? setting(
                ['rooms'],
                [...roomsIn(answer), { ...Object(roomsIn(answer)[0]), room_id: '!fremd:example.org' }],
              )(answer, seen)
            : answer,
      },
      expectFinding: 'rooms-differ',
    },
    {
      title: 'Für den beschränkten Raum fehlt die Angabe, wer hineindarf',
      defect: {
        when: { path },
        alter: (answer, seen) => {
          const rooms = roomsIn(answer).map((entry) => ({ ...Object(entry), allowed_room_ids: [] }));
          return setting(['rooms'], rooms)(answer, seen);
        },
      },
      expectFinding: 'allowed-rooms-differ',
    },
    {
      title: 'Fremde sehen einen privaten Raumverbund',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, { rooms: [] })(answer, seen) : answer),
      },
      expectFinding: 'private-space-shown',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const space = await createSpace(tools, alice);
    const open = await room(alice, { preset: 'public_chat' });
    const closed = await room(alice);
    const restricted = await room(alice, { initial_state: [restrictedTo(space)] });
    for (const child of [open, closed, restricted]) await addChild(tools, alice, { space, child });
    await join(space, alice, bob);
    const byMember = premise(await readHierarchy(request, bob, space));
    const byStranger = await readHierarchy(request, carol, space);
    const entry = roomsIn(byMember).find((one) => stringAt(one, ['room_id']) === restricted);
    return outcomeOf(
      [
        ...expectEqual(
          byMember,
          { wanted: [space, open, restricted].toSorted(), got: roomIdsIn(byMember).toSorted() },
          { code: 'rooms-differ', title: 'Der Raumverbund zeigt nicht genau die Räume, die offenstehen' },
        ),
        ...expectEqual(
          byMember,
          { wanted: [space], got: valueAt(entry, ['allowed_room_ids']) },
          {
            code: 'allowed-rooms-differ',
            title: 'Beim beschränkten Raum stimmt nicht, über welchen Raum man hineinkommt',
          },
        ),
        ...expectError(
          byStranger,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'private-space-shown', title: 'Fremde sehen einen privaten Raumverbund' },
        ),
      ],
      'Mitglied sieht offenen und beschränkten Raum, nicht den verschlossenen; Fremde 403',
    );
  },
});
