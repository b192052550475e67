import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { probeType, sendTemplate, type Tools } from '../../lib/tools.ts';

const refused = ['1.5', '1e3', '9007199254740992', '-9007199254740992', 'NaN', 'Infinity', '-Infinity'];
const accepted = ['9007199254740991', '-9007199254740991', '0'];

// Servers that read a number differently would disagree about the event's signature; so only safe integers are allowed.
// https://spec.matrix.org/v1.19/appendices/#canonical-json
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.json-numbers',
    title: 'Ereignisse mit Zahlen, die nicht jeder gleich liest, werden abgelehnt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: 'https://spec.matrix.org/v1.19/appendices/#canonical-json',
  },
  counterexamples: [
    {
      title: 'Eine gebrochene Zahl wird angenommen',
      defect: { when: { path: sendTemplate }, alter: onlyNth(1, answering(200, { event_id: '$altered' })) },
      expectFinding: 'number-accepted',
    },
    {
      title: 'Eine zu große Zahl wird angenommen',
      defect: { when: { path: sendTemplate }, alter: onlyNth(3, answering(200, { event_id: '$altered' })) },
      expectFinding: 'number-accepted',
    },
    {
      title: 'Auch die größte erlaubte Zahl wird abgelehnt',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(refused.length + 1, answering(400, { errcode: 'M_BAD_JSON', error: 'altered' })),
      },
      expectFinding: 'safe-number-refused',
    },
  ],
  async run(tools) {
    const session = await tools.user('numbers');
    const roomId = await tools.room(session);
    const findings = [];
    for (const number of refused) {
      const answer = await sendNumber(tools, { session, roomId }, number);
      findings.push(
        ...expectError(
          answer,
          { status: 400, errcode: ['M_BAD_JSON', 'M_NOT_JSON'] },
          {
            code: 'number-accepted',
            title: `Ein Ereignis mit der unzulässigen Zahl ${number} wird nicht abgelehnt`,
          },
        ),
      );
    }
    for (const number of accepted) {
      const answer = await sendNumber(tools, { session, roomId }, number);
      findings.push(
        ...expectStatus(answer, 200, {
          code: 'safe-number-refused',
          title: `Ein Ereignis mit der zulässigen Zahl ${number} wird abgelehnt`,
        }),
      );
    }
    return outcomeOf(
      findings,
      `${refused.length} unzulässige Zahlen abgelehnt, ${accepted.length} zulässige angenommen`,
    );
  },
});

function sendNumber(
  { request, random }: Tools,
  { session, roomId }: { readonly session: Session; readonly roomId: string },
  number: string,
): Promise<Answer> {
  const params = { roomId, eventType: probeType, txnId: random.word(12) };
  return request('PUT', sendTemplate, { params, session, body: `{"number":${number}}` });
}
