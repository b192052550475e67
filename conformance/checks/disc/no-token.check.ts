import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { securedOperations, tryAll } from '../../lib/secured-operations.ts';

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
  ],
  async run({ request, target }) {
    const total = securedOperations().length;
    const { findings, refused, absent } = await tryAll({
      request,
      serverName: target.serverName,
      token: undefined,
      errcode: 'M_MISSING_TOKEN',
      claim: {
        code: 'operation-without-token',
        title: 'Eine geschützte Operation wird ohne Anmeldung nicht abgewiesen',
      },
    });
    if (findings.length === 0 && refused < total / 2) {
      return inconclusive(
        `Nur ${refused} von ${total} geschützten Operationen gibt es hier; das sagt über den Schutz nichts.`,
      );
    }
    const missing = absent.length === 0 ? '' : `; nicht angeboten: ${absent.join(', ')}`;
    return outcomeOf(
      findings,
      `Ohne Anmeldung: ${refused} von ${total} Operationen antworten 401 mit M_MISSING_TOKEN${missing}`,
    );
  },
});
