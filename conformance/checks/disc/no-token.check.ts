import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { refusalOutcome } from '../../lib/secured-operations.ts';

const path = '/_matrix/client/v3/joined_rooms';

// Every operation the specification protects refuses a caller without a token.
// https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.no-token',
    title: 'Ohne Anmeldung weist der Server jede geschützte Operation ab',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 120_000,
    spec: clause('using-access-tokens'),
  },
  counterexamples: [
    {
      title: 'Eine Operation antwortet trotzdem',
      defect: { when: { path }, alter: answering(200, { joined_rooms: [] }) },
      expectFinding: 'operation-without-token',
    },
    {
      title: 'Eine Operation nennt den falschen Fehlercode',
      defect: { when: { path }, alter: setting(['errcode'], 'M_FORBIDDEN') },
      expectFinding: 'operation-without-token',
    },
    {
      title: 'Eine Operation, die jeder Server hat, gilt als unbekannt',
      defect: { when: { path }, alter: answering(404, { errcode: 'M_UNRECOGNIZED', error: 'altered' }) },
      expectFinding: 'operation-without-token',
    },
  ],
  run: ({ request, target }) =>
    refusalOutcome({
      request,
      target,
      token: undefined,
      errcode: 'M_MISSING_TOKEN',
      claim: {
        code: 'operation-without-token',
        title: 'Eine geschützte Operation antwortet ohne Anmeldung nicht mit der vorgesehenen Ablehnung',
      },
      how: 'Ohne Anmeldung',
    }),
});
