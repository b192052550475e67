import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, canonicalJson, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { putRule, quietRule, readRules, removeRule } from '../../lib/push-rules.ts';
import type { Tools } from '../../lib/tools.ts';

const syncPath = '/_matrix/client/v3/sync';
const rulePath = '/_matrix/client/v3/pushrules/global/{kind}/{ruleId}';
const deadlineMs = 5_000;

/** What was done, and what the devices then learned. */
interface Step {
  readonly what: string;
  readonly list: Answer;
  readonly sync: Answer;
  readonly told: boolean;
}

// Every device learns of each change of the rules at once, always with the whole set.
// https://spec.matrix.org/v1.19/client-server-api/#mpush_rules
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.rules-sync',
    title: 'Jede Änderung der Benachrichtigungsregeln erreicht die Geräte, immer mit allen Regeln',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('push-rules-events'),
  },
  counterexamples: [
    {
      title: 'Die Geräte erfahren nichts',
      defect: { when: { path: syncPath }, alter: setting(['account_data', 'events'], []) },
      expectFinding: 'not-told',
    },
    {
      title: 'Nur die eigenen Regeln werden genannt',
      defect: {
        when: { path: syncPath },
        alter: changingRules((content) => withValueAt(content, ['global', 'underride'], [])),
      },
      expectFinding: 'not-told',
    },
  ],
  async run(tools) {
    const { request, user, random, waitForSync } = tools;
    const session = await user('alice');
    const params = { kind: 'override', ruleId: `de.pruefstand.${random.word(10)}` };
    const start = await waitForSync(session, { until: () => true, deadlineMs });
    const steps: Step[] = [];
    let since = start.nextBatch;
    const change = async (what: string, act: () => Promise<Answer>) => {
      premise(await act());
      const step = await learned(tools, session, { what, since });
      steps.push(step);
      since = stringAt(step.sync.json, ['next_batch']);
    };
    const put = (attribute: string, body: unknown) => () =>
      request('PUT', `${rulePath}/${attribute}`, { params, session, body });
    await change('angelegt', () => putRule(request, session, params, quietRule('de.pruefstand.probe')));
    await change('ausgeschaltet', put('enabled', { enabled: false }));
    await change('geändert', put('actions', { actions: ['notify', { set_tweak: 'sound', value: 'default' }] }));
    await change('gelöscht', () => removeRule(request, session, params));
    return outcomeOf(
      steps.flatMap(({ what, list, sync, told }) =>
        expectThat(sync, told, {
          code: 'not-told',
          title: `Die Geräte erfahren nicht oder nicht vollständig, dass eine Regel ${what} wurde`,
          expected: `m.push_rules mit denselben ${ruleCount(list.json)} Regeln wie die Regelliste`,
          observed: `m.push_rules mit ${ruleCount(valueAt(rulesIn(sync.json), ['global']))} Regeln`,
        }),
      ),
      `Nach jeder von ${steps.length} Änderungen der ganze Regelsatz`,
    );
  },
});

async function learned(
  { request, waitForSync }: Tools,
  session: Session,
  { what, since }: { readonly what: string; readonly since: string | undefined },
): Promise<Step> {
  const list = premise(await readRules(request, session));
  const wanted = canonicalJson(list.json);
  const end = await waitForSync(session, {
    ...(since !== undefined && { since }),
    until: (json) => canonicalJson(valueAt(rulesIn(json), ['global'])) === wanted,
    deadlineMs,
  });
  return { what, list, sync: end.last, told: end.reached };
}

const isRules = (event: unknown): boolean => stringAt(event, ['type']) === 'm.push_rules';

const rulesIn = (sync: unknown): unknown =>
  valueAt(arrayAt(sync, ['account_data', 'events']).findLast(isRules), ['content']);

const ruleCount = (ruleset: unknown): number =>
  ['override', 'content', 'room', 'sender', 'underride'].reduce(
    (sum, kind) => sum + arrayAt(ruleset, [kind]).length,
    0,
  );

function changingRules(change: (content: unknown) => unknown): Alteration {
  return (answer, seen) => {
    const events = arrayAt(answer.json, ['account_data', 'events']);
    const changed = events.map((event) =>
      isRules(event) ? withValueAt(event, ['content'], change(valueAt(event, ['content']))) : event,
    );
    return setting(['account_data', 'events'], changed)(answer, seen);
  };
}
