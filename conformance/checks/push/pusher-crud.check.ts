import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import {
  pusher,
  pushersFor,
  pushersPath,
  readPushers,
  removePusher,
  setPusher,
  setPusherPath,
} from '../../lib/pushers.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

// Where a device wants to be woken is kept, replaced and removed, and belongs to one person unless both agree.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3pushersset
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.pusher-crud',
    title: 'Push-Empfänger lassen sich eintragen, ersetzen und löschen und gehören nur einer Person',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3pushersset'),
  },
  counterexamples: [
    {
      title: 'Der eingetragene Empfänger fehlt',
      defect: { when: { path: pushersPath }, alter: setting(['pushers'], []) },
      expectFinding: 'pusher-differs',
    },
    {
      title: 'Statt zu ersetzen wird ein zweiter angelegt',
      defect: {
        when: { path: pushersPath },
        alter: (answer, seen) => {
          const pushers = arrayAt(answer.json, ['pushers']);
          return setting(['pushers'], [...pushers, ...pushers])(answer, seen);
        },
      },
      expectFinding: 'pusher-differs',
    },
    {
      title: 'Nach der Übernahme durch eine andere Person bleibt der alte Empfänger',
      defect: {
        when: { path: pushersPath },
        alter: (answer, { earlier }) =>
          arrayAt(answer.json, ['pushers']).length === 0 ? (earlier[0] ?? answer) : answer,
      },
      expectFinding: 'kept-by-former-owner',
    },
    {
      title: 'Ein unvollständiger Empfänger wird angenommen',
      defect: {
        when: { path: setPusherPath },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'nonsense-accepted',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const pushkey = random.word(24);
    const set = async (session: Session, more = {}) =>
      premise(await setPusher(request, session, pusher(pushkey, more)));
    try {
      await set(alice);
      const created = await readPushers(request, alice);
      await set(alice, { device_display_name: 'Pruefstand neu' });
      const replaced = await readPushers(request, alice);
      await set(bob, { append: true });
      const shared = await readPushers(request, alice);
      await set(bob);
      const taken = await readPushers(request, alice);
      const refused = await nonsense(tools, alice);
      const unencrypted = await unencryptedGateways(tools, alice);
      premise(await removePusher(request, bob, pushkey));
      const removed = await readPushers(request, bob);
      return outcomeOf(
        [
          ...pusherFindings(created, { pushkey, name: 'Pruefstand' }),
          ...[replaced, shared].flatMap((answer) => pusherFindings(answer, { pushkey, name: 'Pruefstand neu' })),
          ...emptyFindings(
            taken,
            pushkey,
            'kept-by-former-owner',
            'Ein übernommener Push-Empfänger bleibt bei der früheren Person',
          ),
          ...emptyFindings(removed, pushkey, 'not-removed', 'Ein gelöschter Push-Empfänger bleibt eingetragen'),
          ...refused.flatMap((answer) =>
            expectMalformed(answer, {
              code: 'nonsense-accepted',
              title: 'Ein ungültiger Push-Empfänger wird angenommen',
            }),
          ),
          ...unencrypted.flatMap((answer) =>
            expectStatus(answer, 400, {
              code: 'unencrypted-gateway-accepted',
              title: 'Ein Push-Empfänger ohne verschlüsselte Verbindung wird angenommen',
            }),
          ),
        ],
        'Eingetragen, ersetzt, auf Wunsch geteilt, sonst übernommen, gelöscht; ungültige 400',
      );
    } finally {
      for (const session of [alice, bob]) await removePusher(request, session, pushkey);
    }
  },
});

/** No app, and an address without the path of a gateway. */
async function nonsense({ request, random }: Tools, session: Session): Promise<readonly Answer[]> {
  const pushkey = random.word(24);
  const { app_id: _none, ...nameless } = pusher(pushkey);
  return [
    await setPusher(request, session, nameless),
    await setPusher(request, session, pusher(pushkey, { data: { url: 'https://push.pruefstand.invalid/anders' } })),
  ];
}

/** Over these everybody on the way reads along whom a message is for. */
async function unencryptedGateways({ request, random }: Tools, session: Session): Promise<readonly Answer[]> {
  const pushkey = random.word(24);
  const answers: Answer[] = [];
  try {
    for (const url of ['http://push.pruefstand.invalid/_matrix/push/v1/notify', 'file:///_matrix/push/v1/notify']) {
      answers.push(await setPusher(request, session, pusher(pushkey, { data: { url } })));
    }
  } finally {
    await removePusher(request, session, pushkey);
  }
  return answers;
}

function pusherFindings(
  answer: Answer,
  { pushkey, name }: { readonly pushkey: string; readonly name: string },
): Findings {
  const wanted = pusher(pushkey, { device_display_name: name });
  const keys = Object.keys(wanted);
  const got = pushersFor(answer, pushkey).map((one) =>
    Object.fromEntries(Object.entries(objectAt(one, [])).filter(([key]) => keys.includes(key))),
  );
  return expectEqual(
    answer,
    { wanted: [wanted], got },
    { code: 'pusher-differs', title: 'Ein eingetragener Push-Empfänger fehlt, ist doppelt oder weicht ab' },
  );
}

function emptyFindings(answer: Answer, pushkey: string, code: string, title: string): Findings {
  const { length } = pushersFor(answer, pushkey);
  return expectThat(answer, length === 0, {
    code,
    title,
    expected: 'kein Push-Empfänger mit dieser Kennung',
    observed: `${length} Push-Empfänger`,
  });
}
