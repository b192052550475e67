import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { putRule, quietRule, type RuleKind, readRules, removeRule } from '../../lib/push-rules.ts';
import type { Tools } from '../../lib/tools.ts';

const enabledPath = '/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled';
const actionsPath = '/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions';

const louder = ['notify', { set_tweak: 'sound', value: 'default' }];

interface Rule {
  readonly kind: RuleKind;
  readonly ruleId: string;
}

// Rules are switched off and made louder or quieter, those of the server as well as one's own.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidenabled
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.rules-enable-actions',
    title: 'Vorgegebene und eigene Regeln lassen sich ausschalten und in ihrer Wirkung ändern',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3pushrulesglobalkindruleidenabled'),
  },
  counterexamples: [
    {
      title: 'Eine ausgeschaltete Regel gilt als eingeschaltet',
      defect: { when: { method: 'GET', path: enabledPath }, alter: setting(['enabled'], true) },
      expectFinding: 'not-switched-off',
    },
    {
      title: 'Die geänderte Wirkung geht verloren',
      defect: { when: { method: 'GET', path: actionsPath }, alter: setting(['actions'], ['notify']) },
      expectFinding: 'actions-lost',
    },
    {
      title: 'Die Regelliste zeigt die Änderung nicht',
      defect: {
        when: { method: 'GET', path: /\/pushrules\/global\/$/ },
        alter: (answer, seen) =>
          setting(
            ['override'],
            arrayAt(answer.json, ['override']).map((rule) => ({ ...Object(rule), enabled: true })),
          )(answer, seen),
      },
      expectFinding: 'list-differs',
    },
    {
      title: 'Eine unbekannte Regel lässt sich ausschalten',
      defect: {
        when: { method: 'PUT', path: enabledPath },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'unknown-rule-known',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const session = await user('alice');
    const own: Rule = { kind: 'override', ruleId: `de.pruefstand.${random.word(10)}` };
    const given: Rule = { kind: 'override', ruleId: '.m.rule.tombstone' };
    premise(await putRule(request, session, own, quietRule('de.pruefstand.probe')));
    const changed = [await changeRule(tools, session, own), await changeRule(tools, session, given)];
    premise(await removeRule(request, session, own));
    const unknown = await unknownRule(tools, session);
    return outcomeOf(
      [
        ...changed.flatMap(({ enabled, actions, list, ruleId }) => [
          ...expectEqual(
            enabled,
            { wanted: false, got: valueAt(enabled.json, ['enabled']) },
            { code: 'not-switched-off', title: 'Eine Regel lässt sich nicht ausschalten' },
          ),
          ...expectEqual(
            actions,
            { wanted: louder, got: valueAt(actions.json, ['actions']) },
            { code: 'actions-lost', title: 'Die geänderte Wirkung einer Regel geht verloren' },
          ),
          ...expectEqual(
            list,
            { wanted: { enabled: false, actions: louder }, got: stateOf(list, ruleId) },
            { code: 'list-differs', title: 'Die Regelliste zeigt eine Änderung nicht' },
          ),
        ]),
        ...unknown.flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'unknown-rule-known', title: 'Eine unbekannte Regel wird nicht als solche gemeldet' },
          ),
        ),
      ],
      'Eigene und vorgegebene Regel ausgeschaltet und geändert, unbekannte 404',
    );
  },
});

const stateOf = ({ json }: Answer, ruleId: string) => {
  const rule = arrayAt(json, ['override']).find((one) => stringAt(one, ['rule_id']) === ruleId);
  return { enabled: valueAt(rule, ['enabled']), actions: valueAt(rule, ['actions']) };
};

/** Switches the rule off and makes it louder, reads all of it, and restores it. */
async function changeRule({ request }: Tools, session: Session, { kind, ruleId }: Rule) {
  const params = { kind, ruleId };
  const before = premise(await request('GET', actionsPath, { params, session }));
  const set = async (path: string, body: unknown) => premise(await request('PUT', path, { params, session, body }));
  await set(enabledPath, { enabled: false });
  await set(actionsPath, { actions: louder });
  const enabled = premise(await request('GET', enabledPath, { params, session }));
  const actions = premise(await request('GET', actionsPath, { params, session }));
  const list = premise(await readRules(request, session));
  await set(enabledPath, { enabled: true });
  await set(actionsPath, { actions: arrayAt(before.json, ['actions']) });
  return { enabled, actions, list, ruleId };
}

async function unknownRule({ request }: Tools, session: Session): Promise<readonly Answer[]> {
  const params = { kind: 'override', ruleId: 'de.pruefstand.unbekannt' };
  return [
    await request('GET', enabledPath, { params, session }),
    await request('PUT', enabledPath, { params, session, body: { enabled: true } }),
    await request('GET', actionsPath, { params, session }),
    await request('PUT', actionsPath, { params, session, body: { actions: ['notify'] } }),
  ];
}
