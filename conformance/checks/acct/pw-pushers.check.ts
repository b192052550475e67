import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { changePassword } from '../../lib/password-change.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const setPath = '/_matrix/client/v3/pushers/set';
const path = '/_matrix/client/v3/pushers';

// A device that was thrown out gets no more notifications; the own device still does.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.pw-pushers',
    title: 'Mit den beendeten Sitzungen enden nach einer Kennwortänderung auch deren Benachrichtigungen',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountpassword'),
  },
  counterexamples: [
    {
      title: 'Das beendete Gerät wird weiter benachrichtigt',
      defect: { when: { method: 'GET', path }, alter: keepingFirst() },
      expectFinding: 'pusher-survived',
    },
    {
      title: 'Auch das eigene Gerät wird nicht mehr benachrichtigt',
      defect: {
        when: { method: 'GET', path },
        alter: (answer, seen) => (seen.earlier.length === 0 ? answer : setting(['pushers'], [])(answer, seen)),
      },
      expectFinding: 'own-pusher-lost',
    },
    {
      title: 'Eingetragene Benachrichtigungen fehlen von Anfang an',
      defect: { when: { method: 'GET', path }, alter: onlyNth(1, setting(['pushers'], [])) },
      expectFinding: 'pusher-not-set',
    },
  ],
  async run(tools) {
    const { request, account, device, poll, random } = tools;
    const owner = await account('pushers', 'ordinary');
    const own = await device(owner, 'Pruefstand bleibt');
    const other = await device(owner, 'Pruefstand geht');
    const keys = { own: `own${random.word(12)}`, other: `other${random.word(12)}` };
    await setPusher(tools, own, keys.own);
    await setPusher(tools, other, keys.other);
    const list = async () => premise(await request('GET', path, { session: own }));
    const before = await list();
    premise(await changePassword(request, own, owner));
    const after = await poll({
      ask: list,
      until: ({ json }) => !pushKeys(json).includes(keys.other),
      deadlineMs: settlingMs,
    });
    await removePusher(tools, own, keys.own);
    const set = pushKeys(before.json);
    const left = pushKeys(after.json);
    return outcomeOf(
      [
        ...expectThat(before, isEachOnce(set, [keys.own, keys.other]), {
          code: 'pusher-not-set',
          title: 'Eingetragene Benachrichtigungen stehen nicht in der Liste',
          expected: 'beide Einträge, jeder einmal',
          observed: `${set.length} Einträge`,
        }),
        ...expectThat(after, !left.includes(keys.other), {
          code: 'pusher-survived',
          title: 'Das Gerät einer beendeten Sitzung wird weiter benachrichtigt',
          expected: 'kein Eintrag des beendeten Geräts',
          observed: `${left.length} Einträge`,
        }),
        ...expectThat(after, left.filter((key) => key === keys.own).length === 1, {
          code: 'own-pusher-lost',
          title: 'Das Gerät, an dem das Kennwort geändert wurde, wird nicht mehr benachrichtigt',
          expected: 'der Eintrag des eigenen Geräts, genau einmal',
          observed: `${left.length} Einträge`,
        }),
      ],
      'Eintrag des beendeten Geräts entfernt, eigener Eintrag erhalten',
    );
  },
});

function keepingFirst(): Alteration {
  return (answer, seen) => setting(['pushers'], arrayAt((seen.earlier[0] ?? answer).json, ['pushers']))(answer, seen);
}

const isEachOnce = (listed: readonly unknown[], wanted: readonly string[]): boolean =>
  wanted.every((key) => listed.filter((one) => one === key).length === 1);

const pushKeys = (json: unknown): readonly (string | undefined)[] =>
  arrayAt(json, ['pushers']).map((pusher) => stringAt(pusher, ['pushkey']));

const appId = 'de.pruefstand.probe';

async function setPusher({ request }: Tools, session: Session, pushkey: string): Promise<void> {
  const body = {
    kind: 'http',
    app_id: appId,
    app_display_name: 'Pruefstand',
    device_display_name: 'Pruefstand',
    lang: 'de',
    pushkey,
    data: { url: 'https://push.example.invalid/_matrix/push/v1/notify' },
  };
  premise(await request('POST', setPath, { session, body }));
}

async function removePusher({ request }: Tools, session: Session, pushkey: string): Promise<void> {
  await request('POST', setPath, { session, body: { kind: null, app_id: appId, pushkey } });
}
