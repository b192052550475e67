import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { closedReason, isClosed, serverKeyPath } from '../../lib/federation.ts';
import { numberAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';
import { isSignedByItself } from '../../lib/server-keys.ts';

const queryPath = '/_matrix/key/v2/query';

// Whoever gets an event must be able to tell who signed it.
// https://spec.matrix.org/v1.19/server-server-api/#retrieving-server-keys
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-keys',
    title: 'Der Server veröffentlicht seine Signaturschlüssel, von ihnen selbst signiert und mit gültiger Frist',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: serverClause('retrieving-server-keys'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Das Dokument ist nach der Signatur verändert',
      defect: { when: { path: serverKeyPath }, alter: setting(['valid_until_ts'], 4_102_444_800_000) },
      expectFinding: 'not-signed',
    },
    {
      title: 'Die Schlüssel sind seit langem abgelaufen',
      defect: { when: { path: serverKeyPath }, alter: setting(['valid_until_ts'], 1) },
      expectFinding: 'expired',
    },
    {
      title: 'Die Schlüssel gelten einem anderen Server',
      defect: { when: { path: serverKeyPath }, alter: setting(['server_name'], 'example.org') },
      expectFinding: 'other-server',
    },
    {
      title: 'Fehlerhaftes JSON wird beantwortet',
      defect: {
        when: { method: 'POST', path: queryPath },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, { server_keys: [] })(answer, seen) : answer),
      },
      expectFinding: 'bad-json-answered',
    },
  ],
  async run({ request, target: { serverName }, now }) {
    const own = await request('GET', serverKeyPath);
    if (isClosed(own)) return notApplicable(closedReason);
    const broken = await request('POST', queryPath, { body: '{"server_keys": ' });
    return outcomeOf(
      [
        ...expectStatus(own, 200, { code: 'no-keys', title: 'Der Server veröffentlicht keine Signaturschlüssel' }),
        ...expectEqual(
          own,
          { wanted: serverName, got: stringAt(own.json, ['server_name']) },
          { code: 'other-server', title: 'Die veröffentlichten Schlüssel gelten einem anderen Servernamen' },
        ),
        ...expectThat(own, isSignedByItself(own.json), {
          code: 'not-signed',
          title: 'Die veröffentlichten Schlüssel sind nicht gültig von sich selbst signiert',
          expected: 'eine gültige Signatur mit jedem der Schlüssel',
          observed: 'sie fehlt oder passt nicht zum Inhalt',
        }),
        ...expectThat(own, (numberAt(own.json, ['valid_until_ts']) ?? 0) > now(), {
          code: 'expired',
          title: 'Die veröffentlichten Schlüssel sind bereits abgelaufen',
          expected: 'ein Zeitpunkt in der Zukunft',
          observed: String(numberAt(own.json, ['valid_until_ts'])),
        }),
        ...expectError(
          broken,
          { status: 400, errcode: ['M_NOT_JSON', 'M_BAD_JSON'] },
          { code: 'bad-json-answered', title: 'Eine Nachfrage in fehlerhaftem JSON wird nicht als solche abgelehnt' },
        ),
      ],
      'Schlüssel gültig von sich selbst signiert und nicht abgelaufen',
    );
  },
});
