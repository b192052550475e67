import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';
import { flowsOf } from '../../lib/uia.ts';

const path = '/_matrix/client/v3/register';

// Whoever asks to register learns either the steps to take or that registration is closed, and never gets an account at once.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-flows',
    title: 'Die Registrierung nennt ihre Schritte oder ist mit dem vorgesehenen Fehler geschlossen',
    requirements: ['SI-08', 'KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3register'),
  },
  counterexamples: [
    {
      title: 'Ein Konto entsteht ohne jeden Schritt',
      defect: { when: { method: 'POST', path }, alter: answering(200, { user_id: '@neu:example.org' }) },
      expectFinding: 'neither-steps-nor-closed',
    },
    {
      title: 'Die Registrierung nennt keinen gangbaren Weg',
      defect: { when: { method: 'POST', path }, alter: answering(401, { session: 'abc', flows: [], params: {} }) },
      expectFinding: 'no-steps',
    },
    {
      title: 'Ein Weg hat keine Schritte, jeder bekäme ein Konto',
      defect: {
        when: { method: 'POST', path },
        alter: answering(401, { session: 'abc', flows: [{ stages: [] }], params: {} }),
      },
      expectFinding: 'no-steps',
    },
    {
      title: 'Die Kennung des Vorgangs fehlt',
      defect: {
        when: { method: 'POST', path },
        alter: answering(401, { flows: [{ stages: ['m.login.registration_token'] }], params: {} }),
      },
      expectFinding: 'no-session',
    },
  ],
  async run({ request }) {
    const answer = await request('POST', path, { body: {} });
    if (answer.status !== 401) {
      return outcomeOf(
        expectError(
          answer,
          { status: 403, errcode: 'M_FORBIDDEN' },
          {
            code: 'neither-steps-nor-closed',
            title: 'Die Registrierung nennt weder Schritte noch ist sie geschlossen',
          },
        ),
        'Die Registrierung ist geschlossen: 403 mit M_FORBIDDEN',
      );
    }
    return outcomeOf(
      stepFindings(answer),
      `Wege: ${flowsOf(answer)
        .map((stages) => stages.join(' + '))
        .join(' oder ')}`,
    );
  },
});

function stepFindings(answer: Answer): Findings {
  const flows = flowsOf(answer);
  const session = stringAt(answer.json, ['session']);
  return [
    ...expectThat(answer, flows.length > 0 && flows.every((stages) => stages.length > 0), {
      code: 'no-steps',
      title: 'Die Registrierung nennt keine Schritte',
      expected: 'mindestens ein Weg, jeder mit mindestens einem Schritt',
      observed: `${flows.length} Wege`,
    }),
    ...expectThat(answer, session !== undefined && session !== '', {
      code: 'no-session',
      title: 'Die Registrierung gibt dem Vorgang keine Kennung',
      expected: 'eine Kennung (session)',
      observed: 'keine',
    }),
  ];
}
