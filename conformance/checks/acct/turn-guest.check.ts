import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { registerPath } from '../../lib/registration.ts';

const path = '/_matrix/client/v3/voip/turnServer';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// The relay for calls costs the operator bandwidth; whoever came without an account does not get it.
// https://spec.matrix.org/v1.19/client-server-api/#guest-access
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.turn-guest',
    title: 'Gäste erhalten keine Zugangsdaten für Anrufe',
    requirements: ['KO-05'],
    needs: ['lab', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('guest-access'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ein Gast erhält Zugangsdaten',
      defect: {
        when: { path },
        alter: answering(200, { username: 'a', password: 'b', uris: ['turn:turn.example'], ttl: 60 }),
      },
      expectFinding: 'guest-served',
    },
    {
      title: 'Die Ablehnung nennt den falschen Code',
      defect: { when: { path }, alter: setting(['errcode'], 'M_UNKNOWN') },
      expectFinding: 'guest-served',
    },
    {
      title: 'Der Gast ist gar nicht angemeldet',
      defect: { when: { path: whoamiPath }, alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }) },
      expectFinding: 'guest-unknown',
    },
  ],
  async run({ request }) {
    const guest = await request('POST', registerPath, { query: { kind: 'guest' }, body: {} });
    const session = { accessToken: premiseString(guest, ['access_token']) };
    const whoami = await request('GET', whoamiPath, { session });
    const answer = await request('GET', path, { session });
    return outcomeOf(
      [
        // Without this the refusal below would prove nothing.
        ...expectStatus(whoami, 200, { code: 'guest-unknown', title: 'Ein Gast wird nicht als angemeldet erkannt' }),
        ...expectError(
          answer,
          { status: 403, errcode: 'M_GUEST_ACCESS_FORBIDDEN' },
          { code: 'guest-served', title: 'Ein Gast wird bei den Zugangsdaten für Anrufe nicht abgewiesen' },
        ),
      ],
      'Gast: 403 mit M_GUEST_ACCESS_FORBIDDEN',
    );
  },
});
