import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { addressOf, createPath, fillTemplate, textFile } from '../../lib/media.ts';
import type { Tools } from '../../lib/tools.ts';

/** More than the deployment grants at once. */
const mostTries = 12;

// Nobody reserves addresses without end: the server says stop, and goes on once the person has waited.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav1create
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-create-limit',
    title: 'Wer viele Dateiadressen auf Vorrat verlangt, wird gebremst, und danach geht es weiter',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixmediav1create'),
    rows: ['media-async'],
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Adressen gibt es ohne Ende',
      defect: {
        when: { path: createPath, limits: true },
        alter: (answer, seen) =>
          answer.status === 429 ? answering(200, { content_uri: 'mxc://example.org/a' })(answer, seen) : answer,
      },
      expectFinding: 'no-limit',
    },
    {
      title: 'Die Ablehnung nennt einen anderen Grund als die Menge',
      defect: {
        when: { path: createPath, limits: true },
        alter: (answer, seen) =>
          answer.status === 429 ? answering(403, { errcode: 'M_FORBIDDEN', error: 'a' })(answer, seen) : answer,
      },
      expectFinding: 'other-refusal',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice', 'ordinary');
    const refused = await createUntilRefused(tools, alice);
    const afterwards = await tools.request('POST', createPath, { session: alice, body: {} });
    await fill(tools, alice, afterwards);
    return outcomeOf(
      refused.status === 200
        ? expectThat(refused, false, {
            code: 'no-limit',
            title: 'Dateiadressen gibt es auf Vorrat ohne Ende',
            expected: `eine Ablehnung innerhalb von ${mostTries} Anfragen`,
            observed: 'keine',
          })
        : [
            ...expectError(
              refused,
              { status: 429, errcode: 'M_LIMIT_EXCEEDED' },
              { code: 'other-refusal', title: 'Zu viele Dateiadressen werden nicht als zu viele abgelehnt' },
            ),
            ...expectStatus(afterwards, 200, {
              code: 'no-way-back',
              title: 'Auch nach der genannten Wartezeit gibt es keine Dateiadresse mehr',
            }),
          ],
      'Nach einigen Adressen 429 mit M_LIMIT_EXCEEDED, nach der Wartezeit wieder eine',
    );
  },
});

/** What was granted is used up at once, so that none of it stays open. */
async function createUntilRefused(tools: Tools, session: Session): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await tools.request('POST', createPath, { session, body: {}, waitsForLimits: false });
    if (answer.status !== 200 || tries >= mostTries) return answer;
    await fill(tools, session, answer);
  }
}

async function fill(tools: Tools, session: Session, { json }: Answer): Promise<void> {
  const contentUri = stringAt(json, ['content_uri']);
  if (contentUri === undefined) return;
  const { bytes, type } = textFile(tools);
  const params = { ...addressOf(contentUri) };
  await tools.request('PUT', fillTemplate, { params, session, headers: { 'content-type': type }, body: bytes });
}
