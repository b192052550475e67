import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectError, expectThat, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/voip/turnServer';

const relay = { username: 'a', password: 'b', uris: ['turn:turn.example:3478'], ttl: 86_400 };

// Calls get access to the relay for a limited time, and only people who are logged in do.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3voipturnserver
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.turn',
    title: 'Zugangsdaten für Anrufe sind befristet und nur für Angemeldete',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 120_000,
    spec: clause('get_matrixclientv3voipturnserver'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Zugangsdaten gelten unbefristet',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.hasToken ? answering(200, { ...relay, ttl: 0 })(answer, seen) : answer),
      },
      expectFinding: 'no-limit',
    },
    {
      title: 'Die genannte Adresse ist kein Vermittlungsserver',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.hasToken ? answering(200, { ...relay, uris: ['https://turn.example/'] })(answer, seen) : answer,
      },
      expectFinding: 'no-relay',
    },
    {
      title: 'Auch ohne Anmeldung gibt es Zugangsdaten',
      defect: {
        when: { path },
        alter: answering(200, relay),
      },
      expectFinding: 'without-token',
    },
    {
      title: 'Der Benutzername fehlt',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.hasToken ? setting(['username'], '')(answering(200, relay)(answer, seen), seen) : answer,
      },
      expectFinding: 'no-credentials',
    },
  ],
  async run({ request, user }) {
    const session = await user('turn');
    const answer = premise(await request('GET', path, { session }));
    if (Object.keys(objectAt(answer.json, [])).length === 0) {
      return notApplicable('Es ist kein Vermittlungsserver für Anrufe eingerichtet (turn_uris).');
    }
    const anonymous = await request('GET', path);
    const uris = arrayAt(answer.json, ['uris']);
    const ttl = valueAt(answer.json, ['ttl']);
    const credentials = ['username', 'password'].map((key) => stringAt(answer.json, [key]) ?? '');
    return outcomeOf(
      [
        ...expectThat(answer, typeof ttl === 'number' && ttl > 0, {
          code: 'no-limit',
          title: 'Die Zugangsdaten für Anrufe sind nicht befristet',
          expected: 'eine Gültigkeit (ttl) über 0 Sekunden',
          observed: shown(ttl),
        }),
        ...expectThat(answer, uris.length > 0 && uris.every((uri) => /^turns?:/.test(String(uri))), {
          code: 'no-relay',
          title: 'Es wird kein Vermittlungsserver für Anrufe genannt',
          expected: 'Adressen, die mit turn: oder turns: beginnen',
          observed: shown(uris),
        }),
        ...expectThat(
          answer,
          credentials.every((value) => value !== ''),
          {
            code: 'no-credentials',
            title: 'Die Zugangsdaten für Anrufe sind unvollständig',
            expected: 'Benutzername und Kennwort',
            observed: `${credentials.filter((value) => value !== '').length} von 2 Angaben`,
          },
        ),
        ...expectError(
          anonymous,
          { status: 401, errcode: 'M_MISSING_TOKEN' },
          { code: 'without-token', title: 'Zugangsdaten für Anrufe gibt es ohne Anmeldung' },
        ),
      ],
      `${uris.length} Vermittlungsserver, gültig ${String(ttl)} s`,
    );
  },
});
