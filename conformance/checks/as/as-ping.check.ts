import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { sessionOf } from '../../lib/application-service.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting, withStatus } from '../../lib/defect.ts';
import { numberAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { expectForbidden } from '../../lib/refusals.ts';

const path = '/_matrix/client/v1/appservice/{appserviceId}/ping';

// The homeserver really asks the service, says how it answered, and lets nobody but the service cause it.
// https://spec.matrix.org/v1.19/application-service-api/#pinging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-ping',
    title: 'Ein angebundener Dienst kann prüfen, ob der Server ihn erreicht, und erfährt, woran es liegt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv1appserviceappserviceidping'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Anfrage misslingt, obwohl der Dienst antwortet',
      defect: {
        when: { path },
        alter: onlyNth(1, answering(502, { errcode: 'M_CONNECTION_FAILED', error: 'altered' })),
      },
      expectFinding: 'not-reached',
    },
    {
      title: 'Die genannte Dauer ist länger als die Anfrage selbst',
      defect: { when: { path }, alter: onlyNth(1, setting(['duration_ms'], 3_600_000)) },
      expectFinding: 'wrong-duration',
    },
    {
      title: 'Ein Fehler des Dienstes gilt als Erfolg',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { duration_ms: 1 })) },
      expectFinding: 'failure-hidden',
    },
    {
      title: 'Der Fehler nennt einen anderen Status, als der Dienst gab',
      defect: { when: { path }, alter: onlyNth(2, setting(['status'], 404)) },
      expectFinding: 'other-status',
    },
    {
      title: 'Eine Person darf den Dienst ansprechen lassen',
      defect: { when: { path }, alter: onlyNth(4, withStatus(200)) },
      expectFinding: 'caused-by-others',
    },
    {
      title: 'Eine abgebrochene Verbindung gilt als Erfolg',
      defect: { when: { path }, alter: onlyNth(5, answering(200, { duration_ms: 1 })) },
      expectFinding: 'break-hidden',
    },
  ],
  async run({ request, random, surroundings, user }) {
    const service = surroundings().applicationService;
    const ping = (transaction: string, { appserviceId = service.id, session = sessionOf(service) } = {}) =>
      request('POST', path, { params: { appserviceId }, session, body: { transaction_id: transaction } });
    const [good, bad, cut] = [random.word(12), random.word(12), random.word(12)];
    const isPing = (transaction: string) => (asked: SinkRequest) =>
      asked.path === '/_matrix/app/v1/ping' && stringAt(asked.json, ['transaction_id']) === transaction;
    using _failing = service.answering(isPing(bad), { status: 418, json: { errcode: 'DE_PRUEFSTAND', error: 'no' } });
    using _breaking = service.answering(isPing(cut), { status: 200, hangsUp: true });
    const reached = await ping(good);
    const failed = await ping(bad);
    const other = await ping(random.word(12), { appserviceId: `fremd-${random.word(6)}` });
    const person = await ping(random.word(12), { session: await user('alice') });
    const broken = await ping(cut);
    const asked = await service.waitFor(isPing(good));
    const duration = numberAt(reached.json, ['duration_ms']);
    const others = { code: 'caused-by-others', title: 'Andere als der Dienst selbst dürfen ihn ansprechen lassen' };
    return outcomeOf(
      [
        ...expectStatus(reached, 200, {
          code: 'not-reached',
          title: 'Der Server meldet einen Dienst als nicht erreichbar, der antwortet',
        }),
        ...expectThat(reached, asked !== undefined, {
          code: 'never-asked',
          title: 'Der Server hat den Dienst nicht gefragt',
          expected: 'eine Anfrage mit der genannten Kennung beim Dienst',
          observed: 'keine Anfrage',
        }),
        ...expectThat(reached, asked?.headers['authorization'] === `Bearer ${service.homeserverToken}`, {
          code: 'not-identified',
          title: 'Der Server weist sich beim Dienst nicht mit dem vereinbarten Schlüssel aus',
          expected: 'der vereinbarte Schlüssel',
          observed: asked?.headers['authorization'] === undefined ? 'keiner' : 'ein anderer',
        }),
        ...expectThat(reached, duration === undefined || duration <= reached.durationMs + 1, {
          code: 'wrong-duration',
          title: 'Die genannte Dauer ist länger als die Anfrage selbst',
          expected: 'höchstens die Dauer der ganzen Anfrage',
          observed: shown(duration),
        }),
        ...expectError(
          failed,
          { status: 502, errcode: 'M_BAD_STATUS' },
          { code: 'failure-hidden', title: 'Ein Fehler des Dienstes wird nicht als solcher gemeldet' },
        ),
        ...expectEqual(
          failed,
          { wanted: 418, got: numberAt(failed.json, ['status']) },
          { code: 'other-status', title: 'Der gemeldete Status ist nicht der des Dienstes' },
        ),
        ...breakFindings(broken),
        ...expectForbidden(other, others),
        ...expectForbidden(person, others),
      ],
      'Der Dienst wurde gefragt, sein Fehler und seine abgebrochene Verbindung gemeldet; fremde Anfragen wurden abgelehnt',
    );
  },
});

const breakFindings = (answer: Answer): Findings =>
  expectError(
    answer,
    { status: 502, errcode: 'M_CONNECTION_FAILED' },
    {
      code: answer.status < 400 ? 'break-hidden' : 'break-misnamed',
      title: 'Eine abgebrochene Verbindung zum Dienst wird nicht als solche gemeldet',
    },
  );
