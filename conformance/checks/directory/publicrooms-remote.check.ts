import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
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
      [list, search].flatMap(remoteFindings),
      `Liste und Suche bei einem Server, den es nicht gibt: ${list.status} und ${search.status}`,
    );
  },
});

/** The answer of a deployment that may not ask others, and those of one that asked in vain. */
const refusals: Readonly<Record<number, readonly string[]>> = {
  403: ['M_FORBIDDEN'],
  404: ['M_NOT_FOUND', 'M_UNKNOWN'],
  502: ['M_UNKNOWN'],
  504: ['M_UNKNOWN'],
};

function remoteFindings(answer: Answer): Findings {
  const errcode = stringAt(answer.json, ['errcode']) ?? '';
  return expectThat(answer, refusals[answer.status]?.includes(errcode) ?? false, {
    code: 'answered-for-another',
    title: 'Das Verzeichnis eines Servers, den es nicht gibt, wird nicht abgelehnt',
    expected: 'Status 403 mit M_FORBIDDEN oder 404, 502, 504',
    observed: `Status ${answer.status} mit ${listedIds(answer).length} Räumen${errcode === '' ? '' : ` (${errcode})`}`,
  });
}

function ownEntry() {
  return { room_id: '!raum:example.org', num_joined_members: 1, world_readable: false, guest_can_join: false };
}
