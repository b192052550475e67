import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { setAccountData } from '../../lib/account-data.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { putRule, removeRule } from '../../lib/push-rules.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { globalAccountData, roomIn, syncStart } from '../../lib/sync-sections.ts';
import { probeType, type Tools } from '../../lib/tools.ts';

const sendPath = '/_matrix/client/v3/sendToDevice/{eventType}/{txnId}';
const rule = { kind: 'override', ruleId: 'de.pruefstand.geweckt' };
const type = 'de.pruefstand.account-data';
/** Far longer than any of this takes. */
const pollMs = 5_000;
const when = { path: syncTemplate };

interface Cause {
  readonly code: string;
  readonly what: string;
  happen(): Promise<Answer>;
  isTold(json: unknown): boolean;
}

// Not only messages wake a waiting device: also invitations, departures, messages between devices and changed settings.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-wakes',
    title: 'Wartende Geräte werden auch durch Einladung, Hinauswurf, Gerätenachricht und Einstellungen geweckt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    rows: ['sync-longpoll'],
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Räume wecken nicht',
      defect: { when, alter: setting(['rooms'], {}) },
      expectFinding: 'not-woken-invite',
    },
    {
      title: 'Nachrichten zwischen Geräten wecken nicht',
      defect: { when, alter: setting(['to_device'], { events: [] }) },
      expectFinding: 'not-woken-to-device',
    },
    {
      title: 'Geänderte Einstellungen wecken nicht',
      defect: { when, alter: setting(['account_data'], { events: [] }) },
      expectFinding: 'not-woken-push-rule',
    },
    {
      title: 'Geweckt wird erst, wenn die Wartezeit um ist',
      defect: { when, alter: (answer) => ({ ...answer, durationMs: answer.durationMs + pollMs }) },
      expectFinding: 'not-woken-account-data',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [open, shared] = [await tools.room(alice), await tools.room(alice)];
    await tools.join(shared, alice, bob);
    let since = await syncStart(tools, bob);
    const findings = [];
    for (const { code, what, happen, isTold } of causes(tools, { alice, bob, open, shared })) {
      const [end] = await Promise.all([
        tools.waitForSync(bob, { since, until: isTold, deadlineMs: pollMs }),
        // One exchange in between, so that the device waits before it happens.
        request('GET', '/_matrix/client/versions')
          .then(happen)
          .then((answer) => premise(answer)),
      ]);
      since = end.nextBatch ?? since;
      const waitedMs = end.answers.reduce((sum, { durationMs }) => sum + durationMs, 0);
      findings.push(
        ...expectThat(end.last, end.reached && waitedMs < pollMs, {
          code: `not-woken-${code}`,
          title: `Ein wartendes Gerät erfährt nicht sofort davon: ${what}`,
          expected: `Antwort damit vor Ablauf von ${pollMs} ms`,
          observed: `Antwort nach ${waitedMs} ms ${end.reached ? 'damit' : 'ohne'}`,
        }),
      );
    }
    await removeRule(request, bob, rule);
    return outcomeOf(findings, 'Einladung, Hinauswurf, Gerätenachricht, Regel und Kontodaten wecken sofort');
  },
});

interface Scene {
  readonly alice: Session;
  readonly bob: Session;
  /** Without bob, and with him. */
  readonly open: string;
  readonly shared: string;
}

function causes({ request, random }: Tools, { alice, bob, open, shared }: Scene): readonly Cause[] {
  const { invite, kick } = membershipSteps(request);
  return [
    {
      code: 'invite',
      what: 'Einladung',
      happen: () => invite(alice, open, bob),
      isTold: (json) => roomIn(json, 'invite', open) !== undefined,
    },
    {
      code: 'leave',
      what: 'Hinauswurf',
      happen: () => kick(alice, shared, bob),
      isTold: (json) => roomIn(json, 'leave', shared) !== undefined,
    },
    {
      code: 'to-device',
      what: 'Nachricht an das Gerät',
      happen: () => {
        const body = { messages: { [bob.userId]: { [bob.deviceId]: { wert: 1 } } } };
        return request('PUT', sendPath, {
          params: { eventType: probeType, txnId: random.word(12) },
          session: alice,
          body,
        });
      },
      isTold: (json) => arrayAt(json, ['to_device', 'events']).length > 0,
    },
    {
      code: 'push-rule',
      what: 'geänderte Benachrichtigungsregel',
      happen: () => putRule(request, bob, rule, { actions: [], conditions: [] }),
      isTold: (json) => globalAccountData(json, 'm.push_rules') !== undefined,
    },
    {
      code: 'account-data',
      what: 'geänderte Kontodaten',
      happen: () => setAccountData(request, bob, { type }, { wert: random.word(8) }),
      isTold: (json) => globalAccountData(json, type) !== undefined,
    },
  ];
}
