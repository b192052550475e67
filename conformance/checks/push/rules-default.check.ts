import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type DefaultRule, defaultRulesOf, hasEffect, plainAction } from '../../lib/default-push-rules.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, canonicalJson, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { globalRulesPath, type RuleKind, readRules, ruleIdsOf, rulesPath } from '../../lib/push-rules.ts';

const kinds: readonly RuleKind[] = ['override', 'underride'];

// Everybody is notified by the same rules until they choose otherwise; the rule that silences everything is off.
// Needs an account whose rules nobody has changed.
// https://spec.matrix.org/v1.19/client-server-api/#predefined-rules
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.rules-default',
    title: 'Die vorgegebenen Benachrichtigungsregeln sind genau die der Spezifikation, „alles stumm“ ist aus',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('predefined-rules'),
  },
  counterexamples: [
    {
      title: '„Alles stumm“ ist eingeschaltet',
      defect: { when: { path: globalRulesPath }, alter: changing('.m.rule.master', ['enabled'], true) },
      expectFinding: 'rule-differs',
    },
    {
      title: 'Eine Regel fehlt',
      defect: { when: { path: globalRulesPath }, alter: changing('.m.rule.tombstone', ['rule_id'], '.m.rule.other') },
      expectFinding: 'rule-differs',
    },
    {
      title: 'Verschlüsselte Nachrichten melden sich mit einem Ton',
      defect: {
        when: { path: globalRulesPath },
        alter: changing('.m.rule.encrypted', ['actions'], ['notify', { set_tweak: 'sound', value: 'default' }]),
      },
      expectFinding: 'rule-differs',
    },
    {
      title: 'Die Regeln stehen in anderer Reihenfolge',
      defect: {
        when: { path: globalRulesPath },
        alter: (answer, seen) => setting(['underride'], arrayAt(answer.json, ['underride']).toReversed())(answer, seen),
      },
      expectFinding: 'order-differs',
    },
    {
      title: 'Die Gesamtauskunft nennt andere Regeln',
      defect: { when: { path: rulesPath }, alter: setting(['global', 'override'], []) },
      expectFinding: 'answers-differ',
    },
  ],
  async run({ request, user }) {
    const session = await user('alice');
    const rules = premise(await readRules(request, session));
    const all = premise(await request('GET', rulesPath, { session }));
    const wanted = defaultRulesOf(session.userId);
    return outcomeOf(
      [
        ...wanted.flatMap((rule) => ruleFindings(rules, rule)),
        ...kinds.flatMap((kind) => orderFindings(rules, kind, wanted)),
        ...expectEqual(
          all,
          { wanted: rules.json, got: valueAt(all.json, ['global']) },
          { code: 'answers-differ', title: 'Gesamtauskunft und Auskunft über die eigenen Regeln widersprechen sich' },
        ),
      ],
      `${wanted.length} vorgegebene Regeln mit Bedingungen, Wirkung und Reihenfolge`,
    );
  },
});

function changing(ruleId: string, path: readonly string[], value: unknown): Alteration {
  return (answer) => ({
    ...answer,
    json: kinds.reduce<unknown>((json, kind) => {
      const rules = arrayAt(json, [kind]);
      return withValueAt(
        json,
        [kind],
        rules.map((rule) => (stringAt(rule, ['rule_id']) === ruleId ? withValueAt(rule, path, value) : rule)),
      );
    }, answer.json),
  });
}

function ruleFindings(answer: Answer, { ruleId, kind, conditions, actions, enabled }: DefaultRule): Findings {
  const rule = arrayAt(answer.json, [kind]).find((one) => stringAt(one, ['rule_id']) === ruleId);
  const got = rule && {
    conditions: arrayAt(rule, ['conditions']).map(canonicalJson).toSorted(),
    actions: arrayAt(rule, ['actions']).filter(hasEffect).map(plainAction).map(canonicalJson).toSorted(),
    enabled: valueAt(rule, ['enabled']),
    default: valueAt(rule, ['default']),
  };
  const wanted = {
    conditions: conditions.map(canonicalJson).toSorted(),
    actions: actions.map(canonicalJson).toSorted(),
    enabled,
    default: true,
  };
  const title = `Die vorgegebene Regel ${ruleId} fehlt oder weicht ab`;
  return expectEqual(answer, { wanted, got }, { code: 'rule-differs', title });
}

/** A server may have further rules of its own between them. */
function orderFindings(answer: Answer, kind: RuleKind, rules: readonly DefaultRule[]): Findings {
  const wanted = rules.filter((rule) => rule.kind === kind).map(({ ruleId }) => ruleId);
  const got = ruleIdsOf(answer.json, kind).filter((id) => id !== undefined && wanted.includes(id));
  const title = 'Die vorgegebenen Regeln stehen in anderer Reihenfolge';
  const present = wanted.filter((id) => got.includes(id));
  return expectEqual(answer, { wanted: present, got }, { code: 'order-differs', title });
}
