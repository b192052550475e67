import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';
import { createRoom } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/createRoom';
const creating = answering(200, { room_id: '!altered:example.org' });

// Nobody gets a room of another version than the one asked for.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-bad-version',
    title: 'Einen Raum mit unbekannter oder unlesbarer Raumversion legt der Server nicht an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Eine unbekannte Version wird angenommen',
      defect: { when: { path }, alter: onlyNth(1, creating) },
      expectFinding: 'unknown-accepted',
    },
    {
      title: 'Eine Zahl statt eines Textes wird angenommen',
      defect: { when: { path }, alter: onlyNth(2, creating) },
      expectFinding: 'number-accepted',
    },
    {
      title: 'Die Ablehnung nennt den falschen Grund',
      defect: { when: { path }, alter: answering(400, { errcode: 'M_UNKNOWN', error: 'altered' }) },
      expectFinding: 'unknown-accepted',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const unknown = await createRoom(request, alice, { room_version: 'de.pruefstand.unbekannt' });
    const numeric = await createRoom(request, alice, { room_version: 12 });
    return outcomeOf(
      [
        ...expectError(
          unknown,
          { status: 400, errcode: 'M_UNSUPPORTED_ROOM_VERSION' },
          { code: 'unknown-accepted', title: 'Eine unbekannte Raumversion wird nicht als solche abgelehnt' },
        ),
        ...expectError(
          numeric,
          { status: 400, errcode: ['M_BAD_JSON', 'M_UNSUPPORTED_ROOM_VERSION'] },
          { code: 'number-accepted', title: 'Eine Zahl als Raumversion wird nicht abgelehnt' },
        ),
      ],
      'Unbekannte Version und Zahl: je 400 mit dem passenden Grund',
    );
  },
});
