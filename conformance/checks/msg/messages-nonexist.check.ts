import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { expectForbiddenOrAbsent } from '../../lib/refusals.ts';
import { messagesTemplate, readMessages } from '../../lib/room-events.ts';

const when = { path: messagesTemplate };
const claims = {
  refused: { code: 'not-refused', title: 'Der Verlauf eines fremden Raums wird nicht verweigert' },
  told: { code: 'existence-told', title: 'Die Antwort verrät, ob es einen geheimen Raum gibt' },
};

// Whoever asks for the history of a secret room learns as little as whoever asks for one that does not exist.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.messages-nonexist',
    title: 'Fremde erfahren nicht, ob es einen geheimen Raum gibt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidmessages'),
  },
  counterexamples: [
    {
      title: 'Der fremde Verlauf wird gezeigt',
      defect: { when, alter: answering(200, { start: 'altered', chunk: [] }) },
      expectFinding: claims.refused.code,
    },
    {
      title: 'Räume, die es nicht gibt, werden anders beantwortet',
      defect: { when, alter: onlyNth(2, withStatus(404)) },
      expectFinding: claims.told.code,
    },
    {
      title: 'Nur der Fehlertext unterscheidet die Fälle',
      defect: { when, alter: onlyNth(1, answering(403, { errcode: 'M_FORBIDDEN', error: 'the room is secret' })) },
      expectFinding: claims.told.code,
    },
  ],
  async run({ request, user, room, random, target }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const secretId = await room(alice, { preset: 'private_chat' });
    const absentId = secretId.includes(':') ? `!${random.word(18)}:${target.serverName}` : `!${random.word(43)}`;
    const secret = await readMessages(request, bob, secretId, { dir: 'b' });
    const absent = await readMessages(request, bob, absentId, { dir: 'b' });
    return outcomeOf(
      [
        ...expectForbiddenOrAbsent(secret, claims.refused),
        ...expectEqual(absent, { wanted: refusal(secret, secretId), got: refusal(absent, absentId) }, claims.told),
      ],
      `Geheimer und nicht vorhandener Raum: beide ${secret.status}, gleicher Fehler`,
    );
  },
});

/** What a stranger sees, without the name they asked for. */
const refusal = ({ status, json }: Answer, roomId: string) => ({
  status,
  errcode: stringAt(json, ['errcode']),
  error: stringAt(json, ['error'])?.replaceAll(roomId, 'ROOM'),
});
