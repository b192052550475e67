import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { publicRoomsPath as path } from '../../lib/public-rooms.ts';
import { expectTokenAsked } from '../../lib/refusals.ts';

const roomless = { chunk: [], total_room_count_estimate: 0 };

// Which rooms an authority has is nobody's business outside (setting allow_public_rooms_without_auth).
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3publicrooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.publicrooms-anon',
    title: 'Das Raumverzeichnis ist ohne Anmeldung verschlossen',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3publicrooms'),
  },
  counterexamples: [
    {
      title: 'Die Raumliste ist ohne Anmeldung lesbar',
      defect: { when: { method: 'GET', path }, alter: answering(200, roomless) },
      expectFinding: 'listed-without-token',
    },
    {
      title: 'Die Suche nach Räumen geht ohne Anmeldung',
      defect: { when: { method: 'POST', path }, alter: answering(200, roomless) },
      expectFinding: 'searched-without-token',
    },
  ],
  async run({ request }) {
    const list = await request('GET', path);
    const search = await request('POST', path, { body: {} });
    return outcomeOf(
      [
        ...expectTokenAsked(list, {
          code: 'listed-without-token',
          title: 'Das Raumverzeichnis ist ohne Anmeldung lesbar',
        }),
        ...expectTokenAsked(search, {
          code: 'searched-without-token',
          title: 'Das Raumverzeichnis ist ohne Anmeldung durchsuchbar',
        }),
      ],
      'Liste und Suche ohne Anmeldung: 401',
    );
  },
});
