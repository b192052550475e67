import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import {
  globalRulesPath,
  ruleTemplate as path,
  putRule,
  quietRule,
  readRule,
  readRules,
  removeRule,
  ruleIdsOf,
} from '../../lib/push-rules.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const kind = 'override';

// People add rules of their own, in the order they choose, and what is no rule is refused.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.rules-crud',
    title: 'Eigene Benachrichtigungsregeln lassen sich anlegen, ordnen und löschen, ungültige werden abgelehnt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3pushrulesglobalkindruleid'),
  },
  counterexamples: [
    {
      title: 'Eine angelegte Regel hat eine andere Wirkung',
      defect: { when: { method: 'GET', path }, alter: setting(['actions'], []) },
      expectFinding: 'rule-differs',
    },
    {
      title: 'Die verlangte Reihenfolge wird nicht beachtet',
      defect: {
        when: { method: 'GET', path: globalRulesPath },
        alter: (answer, seen) => setting([kind], arrayAt(answer.json, [kind]).toReversed())(answer, seen),
      },
      expectFinding: 'order-differs',
    },
    {
      title: 'Unsinnige Regeln werden angenommen',
      defect: {
        when: { method: 'PUT', path },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'nonsense-accepted',
    },
    {
      title: 'Eine gelöschte Regel ist noch da',
      defect: {
        when: { method: 'GET', path },
        alter: (answer, { earlier }) => (answer.status === 404 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'still-there',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const session = await user('alice');
    const type = `de.pruefstand.${random.word(8)}`;
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => `${type}.${name}`) as [string, string, string, string];
    const put = async (ruleId: string, query?: Readonly<Record<string, string>>) =>
      premise(await putRule(request, session, { kind, ruleId, ...(query && { query }) }, quietRule(type)));
    await put(a);
    await put(b);
    await put(c, { before: a });
    await put(d, { after: b });
    const repeated = await put(d, { after: b });
    const rule = premise(await readRule(request, session, { kind, ruleId: a }));
    const rules = premise(await readRules(request, session));
    const refused = await nonsense(tools, session, type);
    for (const ruleId of [a, b, c, d]) premise(await removeRule(request, session, { kind, ruleId }));
    const gone = await readRule(request, session, { kind, ruleId: a });
    const twice = await removeRule(request, session, { kind, ruleId: a });
    return outcomeOf(
      [
        ...expectEqual(
          rule,
          { wanted: { ...quietRule(type), enabled: true, default: false, rule_id: a }, got: partsOf(rule) },
          { code: 'rule-differs', title: 'Eine angelegte Regel kommt anders zurück' },
        ),
        ...expectEqual(
          rules,
          { wanted: [b, d, c, a], got: ruleIdsOf(rules.json, kind).filter((id) => id?.startsWith(type)) },
          { code: 'order-differs', title: 'Die eigenen Regeln stehen nicht in der verlangten Reihenfolge' },
        ),
        ...expectStatus(repeated, 200, {
          code: 'repetition-refused',
          title: 'Eine Regel lässt sich nicht erneut setzen',
        }),
        ...refused.flatMap(refusedFindings),
        ...[gone, twice].flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'still-there', title: 'Eine gelöschte Regel ist noch da' },
          ),
        ),
      ],
      'Vier Regeln in der verlangten Reihenfolge, ungültige 400, nach dem Löschen 404',
    );
  },
});

const partsOf = ({ json }: Answer) => ({
  rule_id: valueAt(json, ['rule_id']),
  conditions: valueAt(json, ['conditions']),
  actions: valueAt(json, ['actions']),
  enabled: valueAt(json, ['enabled']),
  default: valueAt(json, ['default']),
});

interface Refused {
  readonly answer: Answer;
  /** For a neighbour that is not there the specification shows both statuses. */
  readonly mayBeNotFound?: boolean;
}

/** What must be refused: a reserved name, a backslash, actions that are none, a neighbour that is not there, no pattern. */
async function nonsense({ request }: Tools, session: Session, type: string): Promise<readonly Refused[]> {
  const rule = quietRule(type);
  const neighbour = { kind, ruleId: `${type}.f`, query: { before: `${type}.fehlt` } };
  return [
    { answer: await putRule(request, session, { kind, ruleId: `.${type}` }, rule) },
    { answer: await putRule(request, session, { kind, ruleId: `${type}\\a` }, rule) },
    { answer: await putRule(request, session, { kind, ruleId: `${type}.e` }, { ...rule, actions: ['tanzen'] }) },
    { answer: await putRule(request, session, neighbour, rule), mayBeNotFound: true },
    { answer: await putRule(request, session, { kind: 'content', ruleId: `${type}.g` }, { actions: ['notify'] }) },
  ];
}

function refusedFindings({ answer, mayBeNotFound = false }: Refused): Findings {
  const claim = { code: 'nonsense-accepted', title: 'Eine ungültige Regel wird angenommen' };
  return mayBeNotFound && answer.status === 404
    ? expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, claim)
    : expectMalformed(answer, claim);
}
