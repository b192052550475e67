import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { arrayAt } from '../../lib/json.ts';
import { uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, inlineFilter, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const when = { path: syncTemplate };
const changed = ['device_lists', 'changed'];
const left = ['device_lists', 'left'];
const query = inlineFilter({ room: { state: { lazy_load_members: true } } });
const claims = {
  joined: { code: 'join-untold', title: 'Wer neu einen Raum teilt, erscheint nicht unter den geänderten Gerätelisten' },
  device: { code: 'device-untold', title: 'Ein neues Gerät einer Person wird nicht mitgeteilt' },
  logout: { code: 'logout-untold', title: 'Ein abgemeldetes Gerät einer Person wird nicht mitgeteilt' },
  left: { code: 'departure-untold', title: 'Wer keinen Raum mehr teilt, wird nicht als solcher mitgeteilt' },
  rejoined: {
    code: 'rejoin-untold',
    title: 'Wer wieder einen Raum teilt, erscheint nicht unter den geänderten Gerätelisten',
  },
  stranger: { code: 'stranger-told', title: 'Geräte von Personen ohne gemeinsamen Raum werden mitgeteilt' },
};

// Whom one encrypts for is known exactly: those one shares a room with, and every change of their devices.
// https://spec.matrix.org/v1.19/client-server-api/#tracking-the-device-list-for-a-user
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-devicelists',
    title: 'Änderungen an den Geräten der Gesprächspartner werden genau mitgeteilt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('tracking-the-device-list-for-a-user'),
  },
  counterexamples: [
    {
      title: 'Geänderte Gerätelisten fehlen',
      defect: { when, alter: setting(changed, []) },
      expectFinding: claims.device.code,
    },
    {
      title: 'Verlorene Gerätelisten fehlen',
      defect: { when, alter: setting(left, []) },
      expectFinding: claims.left.code,
    },
    {
      title: 'Auch Fremde werden genannt',
      defect: {
        when,
        alter: (answer, seen) => {
          const there = arrayAt(answer.json, changed);
          return there.length === 0 ? answer : setting(changed, [...there, '@fremd:example.org'])(answer, seen);
        },
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const { leave } = membershipSteps(request);
    const alice = await tools.user('alice');
    const owner = await tools.account('bob');
    const [bob, stranger] = [await tools.device(owner), await tools.user('carol')];
    for (const session of [bob, stranger]) await publish(tools, session);
    const roomId = await tools.room(alice);
    const watch = await watcher(tools, alice);
    await tools.join(roomId, alice, bob);
    const joined = await watch(changed, bob.userId);
    const second = await tools.device(owner, 'Pruefstand zwei');
    await publish(tools, second);
    await publish(tools, stranger);
    const device = await watch(changed, bob.userId);
    premise(await request('POST', '/_matrix/client/v3/logout', { session: second, body: {} }));
    const logout = await watch(changed, bob.userId);
    premise(await leave(bob, roomId));
    const departed = await watch(left, bob.userId);
    await tools.join(roomId, alice, bob);
    const rejoined = await watch(changed, bob.userId);
    const all = [joined, device, logout, departed, rejoined];
    const known = [alice.userId, bob.userId];
    const strangers = all.flatMap(({ named }) => named.filter((userId) => !known.includes(userId)));
    const told = ({ last, reached }: (typeof all)[number], claim: (typeof claims)[keyof typeof claims]) =>
      expectThat(last, reached, { ...claim, expected: 'die Person in device_lists', observed: 'sie fehlt' });
    return outcomeOf(
      [
        ...told(joined, claims.joined),
        ...told(device, claims.device),
        ...told(logout, claims.logout),
        ...told(departed, claims.left),
        ...told(rejoined, claims.rejoined),
        ...expectEqual(rejoined.last, { wanted: [], got: [...new Set(strangers)] }, claims.stranger),
      ],
      'Beitritt, neues Gerät, Abmeldung, Austritt und Rückkehr mitgeteilt, Fremde nicht',
    );
  },
});

async function publish({ request, random }: Tools, session: Session): Promise<void> {
  const { deviceKeys } = createDeviceKeys(session, random);
  premise(await uploadKeys(request, session, { device_keys: deviceKeys }));
}

/** Goes on from where it stopped until somebody is named in that list. */
async function watcher(tools: Tools, session: Session) {
  let since = await syncStart(tools, session, query);
  return async (list: readonly string[], userId: string) => {
    const until = (json: unknown) => arrayAt(json, list).includes(userId);
    const end = await tools.waitForSync(session, { since, query, until, deadlineMs: arrivalMs });
    since = end.nextBatch ?? since;
    const named = end.answers.flatMap(({ json }) => [...arrayAt(json, changed), ...arrayAt(json, left)].map(String));
    return { last: end.last, reached: end.reached, named };
  };
}
