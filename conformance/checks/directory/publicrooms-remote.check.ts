import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { listedIds, publicRoomsPath as path, setVisibility, unlist } from '../../lib/public-rooms.ts';

// Who asks for the rooms of another server never gets those of this one for them.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3publicrooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.publicrooms-remote',
    title:
      'Die Frage nach dem Raumverzeichnis eines fremden Servers wird abgelehnt und nicht mit eigenen Räumen beantwortet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3publicrooms'),
  },
  counterexamples: [
    {
      title: 'Der Server gibt eigene Räume als die eines fremden aus',
      defect: { when: { method: 'GET', path }, alter: answering(200, { chunk: [ownEntry()] }) },
      expectFinding: 'answered-for-another',
    },
    {
      title: 'Die Suche gibt eigene Räume als die eines fremden aus',
      defect: { when: { method: 'POST', path }, alter: answering(200, { chunk: [ownEntry()] }) },
      expectFinding: 'answered-for-another',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const roomId = await room(alice, { preset: 'public_chat' });
    premise(await setVisibility(request, alice, roomId, 'public'));
    const query = { server: 'pruefstand.invalid' };
    const list = await request('GET', path, { session: alice, query });
    const search = await request('POST', path, { session: alice, query, body: {} });
    await unlist(request, alice, roomId);
    return outcomeOf(
      [list, search].flatMap((answer) =>
        expectThat(answer, answer.status !== 200, {
          code: 'answered-for-another',
          title: 'Das Verzeichnis eines Servers, den es nicht gibt, wird beantwortet',
          expected: 'eine Ablehnung',
          observed: `Status 200 mit ${listedIds(answer).length} Räumen`,
        }),
      ),
      `Liste und Suche bei einem Server, den es nicht gibt: ${list.status} und ${search.status}`,
    );
  },
});

function ownEntry() {
  return { room_id: '!raum:example.org', num_joined_members: 1, world_readable: false, guest_can_join: false };
}
