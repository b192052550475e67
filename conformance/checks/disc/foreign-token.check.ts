import type { Session } from '../../../core/model/bench.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { addressedOperations, type Belongings, tryForeign } from '../../lib/foreign-operations.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { readState, stateTemplate } from '../../lib/room-state.ts';
import { serverOf } from '../../lib/server-name.ts';
import type { Tools } from '../../lib/tools.ts';

const aliasTemplate = '/_matrix/client/v3/directory/room/{roomAlias}';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// Being logged in opens nothing that belongs to others: every operation that names a user, a room or a device is tried.
// https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.foreign-token',
    title: 'Mit eigener Anmeldung erreicht niemand, was anderen gehört',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('using-access-tokens'),
  },
  counterexamples: [
    {
      title: 'Eine Fremde liest den Verlauf eines Raums',
      defect: {
        when: { path: '/_matrix/client/v3/rooms/{roomId}/messages' },
        alter: answering(200, { start: 'a', chunk: [] }),
      },
      expectFinding: 'foreign-access',
    },
    {
      title: 'Eine Fremde schreibt in einen Raum',
      defect: {
        when: { path: '/_matrix/client/v3/rooms/{roomId}/send/m.room.topic/{txnId}' },
        alter: answering(200, { event_id: '$altered' }),
      },
      expectFinding: 'foreign-access',
    },
    {
      title: 'Eine Fremde liest die Kontodaten einer anderen Person',
      defect: { when: { path: '/_matrix/client/v3/user/{userId}/account_data/{type}' }, alter: answering(200, {}) },
      expectFinding: 'foreign-access',
    },
    {
      title: 'Statt abzuweisen verlangt der Server eine neue Anmeldung',
      defect: {
        when: { path: '/_matrix/client/v3/rooms/{roomId}/members' },
        alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }),
      },
      expectFinding: 'foreign-refusal-unclear',
    },
    {
      title: 'Nach den abgewiesenen Versuchen ist der Raum verändert',
      defect: {
        when: { method: 'GET', path: stateTemplate },
        alter: (answer, seen) => (seen.earlier.length >= 2 ? answering(200, [])(answer, seen) : answer),
      },
      expectFinding: 'room-changed',
    },
    {
      title: 'Nach den Versuchen ist die betroffene Person abgemeldet',
      defect: {
        when: { path: whoamiPath },
        alter: onlyNth(1, answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' })),
      },
      expectFinding: 'owner-logged-out',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const owner = await user('owner');
    const stranger = await user('stranger');
    const belongings = await belongingsOf(tools, owner);
    const { roomId, roomAlias } = belongings;
    const before = eventIds(await readState(request, owner, roomId));
    const { findings, refused, permitted, absent } = await tryForeign(request, stranger, belongings);
    const after = await readState(request, owner, roomId);
    const whoami = await request('GET', whoamiPath, { session: owner });
    await request('DELETE', aliasTemplate, { params: { roomAlias }, session: owner });
    const total = addressedOperations().length;
    if (findings.length === 0 && refused < total / 2) {
      return inconclusive(`Nur ${refused} von ${total} Operationen gibt es hier; das sagt über den Schutz nichts.`);
    }
    return outcomeOf(
      [
        ...findings,
        ...expectThat(after, eventIds(after).join() === before.join(), {
          code: 'room-changed',
          title: 'Versuche einer Fremden haben einen Raum verändert',
          expected: 'derselbe Zustand wie vorher',
          observed: 'ein anderer Zustand',
        }),
        ...expectStatus(whoami, 200, {
          code: 'owner-logged-out',
          title: 'Versuche einer Fremden haben eine andere Person abgemeldet',
        }),
      ],
      `${refused} von ${total} Operationen weisen eine Fremde ab, ${permitted} stehen allen offen, ${absent} gibt es nicht`,
    );
  },
});

/** Events that make up the state; what else an answer tells about them changes from one to the next. */
const eventIds = ({ json }: Answer): readonly string[] =>
  arrayAt(json, [])
    .map((event) => stringAt(event, ['event_id']) ?? '')
    .toSorted();

async function belongingsOf({ request, room, sendProbe, random }: Tools, owner: Session): Promise<Belongings> {
  const roomId = await room(owner, { preset: 'private_chat', topic: 'Prüfung' });
  const eventId = await sendProbe(owner, roomId);
  const roomAlias = `#pruefstand-${random.word(12)}:${serverOf(owner.userId)}`;
  const body = { room_id: roomId };
  premise(await request('PUT', aliasTemplate, { params: { roomAlias }, session: owner, body }));
  premiseString(await request('GET', aliasTemplate, { params: { roomAlias }, session: owner }), ['room_id']);
  return { owner, roomId, roomAlias, eventId };
}
