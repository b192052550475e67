import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering } from '../../lib/defect.ts';
import { expectError, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { listedIds, setVisibility, unlist } from '../../lib/public-rooms.ts';
import { serverClause } from '../../lib/server-api.ts';
import type { Tools } from '../../lib/tools.ts';
import { openPeer } from '../../peer/peer.ts';

const path = '/_matrix/federation/v1/publicRooms';

/** Of the two homeservers only the one that refuses. */
const openedByMistake: Alteration = (answer, seen) =>
  answer.status === 403 ? answering(200, { chunk: [] })(answer, seen) : answer;

const closedByMistake: Alteration = (answer) => (answer.status === 200 ? { ...answer, json: { chunk: [] } } : answer);

// Who may look into the room directory is decided by its homeserver, and other homeservers are told so.
// https://spec.matrix.org/v1.19/server-server-api/#public-room-directory
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-publicrooms-policy',
    title: 'Ist das Raumverzeichnis für andere Homeserver gesperrt, wird ihnen der Einblick verweigert',
    requirements: ['KO-05', 'DS-13'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('public-room-directory'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Das gesperrte Verzeichnis antwortet',
      defect: { when: { method: 'GET', path }, alter: openedByMistake },
      expectFinding: 'closed-answered',
    },
    {
      title: 'Das gesperrte Verzeichnis lässt sich durchsuchen',
      defect: { when: { method: 'POST', path }, alter: openedByMistake },
      expectFinding: 'closed-answered',
    },
    {
      title: 'Das offene Verzeichnis verschweigt einen veröffentlichten Raum',
      defect: { when: { method: 'GET', path }, alter: closedByMistake },
      expectFinding: 'open-without-room',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const open = await asked(near);
    const closed = await asked(far);
    return outcomeOf(
      [
        ...expectThat(open.listed, listedIds(open.listed).includes(open.roomId), {
          code: 'open-without-room',
          title: 'Das offene Raumverzeichnis nennt anderen Homeservern einen veröffentlichten Raum nicht',
          expected: 'der veröffentlichte Raum',
          observed: 'nicht darin',
        }),
        ...[closed.listed, closed.found].flatMap((answer) =>
          expectError(
            answer,
            { status: 403, errcode: 'M_FORBIDDEN' },
            {
              code: 'closed-answered',
              title: 'Das gesperrte Raumverzeichnis weist andere Homeserver nicht als unbefugt ab',
            },
          ),
        ),
      ],
      'Das offene Verzeichnis nennt den Raum, das gesperrte antwortet mit 403',
    );
  },
});

interface Asked {
  readonly roomId: string;
  readonly listed: Answer;
  readonly found: Answer;
}

/** Publishes a room and asks for it from another homeserver, in both ways there are. */
async function asked(tools: Tools): Promise<Asked> {
  const host = await tools.user('alice');
  const peer = await openPeer(tools);
  const name = `Pruefstand ${tools.random.word(16)}`;
  const roomId = await tools.room(host, { preset: 'public_chat', name });
  premise(await setVisibility(tools.request, host, roomId, 'public'));
  const listed = await peer.ask('GET', path, { query: { limit: '1000' } });
  const found = await peer.ask('POST', path, { body: { filter: { generic_search_term: name } } });
  await unlist(tools.request, host, roomId);
  return { roomId, listed, found };
}
