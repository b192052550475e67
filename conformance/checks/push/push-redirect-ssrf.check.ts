import type { Session } from '../../../core/model/bench.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest, Surroundings } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Circumstances, unchanged } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { gatewayOf, gatewayPath, pushOf, pushTo } from '../../lib/push-gateway.ts';
import { pusher, removePusher, setPusher, setPusherPath } from '../../lib/pushers.ts';
import { sendEvent } from '../../lib/room-events.ts';
import type { Tools } from '../../lib/tools.ts';

const patienceMs = 10_000;

// Where pushes go people say themselves: nobody can make the server look into the network behind it that way.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3pushersset
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.push-redirect-ssrf',
    title: 'Push-Nachrichten gehen nie an Adressen im inneren Netz, auch nicht über eine Umleitung',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3pushersset'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine eingetragene Adresse im inneren Netz wird angesprochen',
      defect: { when: { path: setPusherPath }, alter: unchanged, besides: deliverAtOnce },
      expectFinding: 'inner-address-contacted',
    },
    {
      title: 'Einer Umleitung ins innere Netz wird gefolgt',
      defect: { when: { path: setPusherPath }, alter: unchanged, besides: followAtOnce },
      expectFinding: 'redirect-followed',
    },
  ],
  async run(tools) {
    const { user, room, join, random, surroundings } = tools;
    const around = surroundings();
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob')];
    const roomId = await room(bob);
    await join(roomId, bob, alice);
    const keys = { allowed: random.word(24), inner: [random.word(24), random.word(24)], redirected: random.word(24) };
    using _redirecting = around.pushGateway.answering(pushTo(keys.redirected), redirectTo(around, keys.redirected));
    const addressed = [
      await deliverTo(tools, alice, keys.allowed, gatewayOf(around)),
      await deliverTo(tools, alice, keys.redirected, gatewayOf(around)),
    ];
    const inner: Answer[] = [];
    for (const [at, pushkey] of keys.inner.entries()) {
      inner.push(await deliverTo(tools, alice, pushkey, innerUrls(around)[at] ?? ''));
    }
    const message = { type: 'm.room.message', content: { msgtype: 'm.text', body: random.word(12) } };
    const eventIds = [await sendEvent(tools, bob, roomId, message), await sendEvent(tools, bob, roomId, message)];
    const delivered = await around.pushGateway.waitFor(pushOf(keys.allowed, eventIds[1] ?? ''), patienceMs);
    const redirected = await around.pushGateway.waitFor(pushTo(keys.redirected), patienceMs);
    const received = around.forbidden.received;
    const all = [keys.allowed, keys.redirected, ...keys.inner];
    for (const pushkey of all) await removePusher(tools.request, alice, pushkey);
    if (delivered === undefined || redirected === undefined) {
      return inconclusive('Auch an eine erlaubte Adresse ging keine Push-Nachricht.');
    }
    return outcomeOf(
      [
        ...inner.flatMap((answer, at) =>
          silentFindings(answer, received, keys.inner[at] ?? '', 'inner-address-contacted'),
        ),
        ...addressed.flatMap((answer) => silentFindings(answer, received, keys.redirected, 'redirect-followed')),
      ],
      `Erlaubte Adresse zugestellt; ${inner.length} Adressen im inneren Netz und eine Umleitung dorthin nicht angesprochen`,
    );
  },
});

/** The forbidden address, written in two ways. */
const innerUrls = ({ forbidden }: Surroundings): readonly string[] => {
  const { port } = new URL(forbidden.url);
  return [`${forbidden.url}${gatewayPath}`, `http://2130706434:${port}${gatewayPath}`];
};

const redirectTo = ({ forbidden }: Surroundings, pushkey: string) => ({
  status: 307,
  headers: { location: `${forbidden.url}/${pushkey}` },
});

/** A server may take the address or refuse it at once. */
const deliverTo = ({ request }: Tools, session: Session, pushkey: string, url: string): Promise<Answer> =>
  setPusher(request, session, pusher(pushkey, { data: { url, format: 'event_id_only' } }));

const titles = {
  'inner-address-contacted': 'Eine als Push-Empfänger eingetragene Adresse im inneren Netz wird angesprochen',
  'redirect-followed': 'Einer Umleitung des Push-Dienstes ins innere Netz wird gefolgt',
} as const;

function silentFindings(
  answer: Answer,
  received: readonly SinkRequest[],
  pushkey: string,
  code: keyof typeof titles,
): Findings {
  const contacts = received.filter((asked) => pushTo(pushkey)(asked) || asked.path === `/${pushkey}`);
  return expectThat(answer, contacts.length === 0, {
    code,
    title: titles[code],
    expected: 'keine Anfrage dort',
    observed: `${contacts.length} Anfragen`,
  });
}

const pushkeyIn = (requestJson: unknown): string => stringAt(requestJson, ['pushkey']) ?? '';

function deliverAtOnce(_answer: unknown, { requestJson }: Circumstances, { forbidden }: Surroundings) {
  const url = stringAt(requestJson, ['data', 'url']) ?? '';
  if (!url.startsWith(forbidden.url)) return undefined;
  return { method: 'POST', url, json: { notification: { devices: [{ pushkey: pushkeyIn(requestJson) }] } } };
}

function followAtOnce(_answer: unknown, { requestJson }: Circumstances, { forbidden }: Surroundings) {
  return { method: 'POST', url: `${forbidden.url}/${pushkeyIn(requestJson)}` };
}
