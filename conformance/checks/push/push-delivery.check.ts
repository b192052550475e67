import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { rewriting } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { gatewayOf, notificationIn, pushOf, pushTo } from '../../lib/push-gateway.ts';
import { pusher, removePusher, setPusher } from '../../lib/pushers.ts';
import { eventTemplate, readEvent, sendEvent } from '../../lib/room-events.ts';
import { sentRequestFindings } from '../../lib/sent-requests.ts';
import { sendTemplate } from '../../lib/tools.ts';

const keysOfShortForm = ['event_id', 'room_id', 'counts', 'devices', 'prio'];

// A device is woken for what is meant for it, with no more than it asked for; of an encrypted event nobody on the way learns the text.
// https://spec.matrix.org/v1.19/push-gateway-api/
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.push-delivery',
    title:
      'Push-Nachrichten erreichen das Gerät, im kurzen Format ohne Inhalt, bei verschlüsselten Ereignissen ohne Klartext',
    requirements: ['KO-05', 'DS-02'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine Nachricht löst keinen Push aus',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(1, setting(['event_id'], `$${'altered'.padEnd(43, 'A')}`)),
      },
      expectFinding: 'not-delivered',
    },
    {
      title: 'Der Push nennt einen anderen Inhalt als die Nachricht',
      defect: { when: { path: eventTemplate }, alter: onlyNth(1, setting(['content', 'body'], 'etwas anderes')) },
      expectFinding: 'other-content',
    },
    {
      title: 'Der Push nennt einen anderen Absender als die Nachricht',
      defect: { when: { path: eventTemplate }, alter: onlyNth(1, setting(['sender'], '@fremd:example.org')) },
      expectFinding: 'other-content',
    },
    {
      title: 'Ein verschlüsseltes Ereignis trägt im Push einen anderen Inhalt als im Raum',
      defect: { when: { path: eventTemplate }, alter: onlyNth(2, setting(['content', 'ciphertext'], 'anders')) },
      expectFinding: 'encrypted-differs',
    },
    {
      title: 'Das kurze Format nennt auch Absender und Inhalt',
      defect: rewriting(/\/notify$/, (json) => withValueAt(json, ['notification', 'content'], { body: 'a' })),
      expectFinding: 'more-than-asked',
    },
    {
      title: 'Der Push nennt eine Dringlichkeit, die es nicht gibt',
      defect: rewriting(/\/notify$/, (json) => withValueAt(json, ['notification', 'prio'], 'urgent')),
      expectFinding: 'request-violation',
    },
  ],
  async run(tools) {
    const { request, user, room, join, random, surroundings } = tools;
    const around = surroundings();
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob')];
    const roomId = await room(bob);
    await join(roomId, bob, alice);
    const [full, short] = [random.word(24), random.word(24)];
    const url = gatewayOf(around);
    premise(await setPusher(request, alice, pusher(full, { data: { url } })));
    premise(await setPusher(request, alice, pusher(short, { data: { url, format: 'event_id_only' } })));
    const text = random.word(24);
    const plain = await sendEvent(tools, bob, roomId, {
      type: 'm.room.message',
      content: { msgtype: 'm.text', body: text },
    });
    const encrypted = await sendEvent(tools, bob, roomId, { type: 'm.room.encrypted', content: ciphertext(random) });
    const waitFor = (pushkey: string, eventId: string) => around.pushGateway.waitFor(pushOf(pushkey, eventId), 10_000);
    const delivered = {
      full: await waitFor(full, plain),
      short: await waitFor(short, plain),
      encrypted: await waitFor(full, encrypted),
    };
    const [seen, seenEncrypted] = [
      await readEvent(request, alice, roomId, plain),
      await readEvent(request, alice, roomId, encrypted),
    ];
    const toShort = around.pushGateway.received.filter(pushTo(short));
    const all = [...around.pushGateway.received.filter(pushTo(full)), ...toShort];
    for (const pushkey of [full, short]) premise(await removePusher(request, alice, pushkey));
    return outcomeOf(
      [
        ...[delivered.full, delivered.short, delivered.encrypted].flatMap((asked) => deliveredFindings(seen, asked)),
        ...contentFindings(seen, delivered.full, 'other-content'),
        ...contentFindings(seenEncrypted, delivered.encrypted, 'encrypted-differs'),
        ...toShort.flatMap((asked) => shortFindings(seen, asked)),
        ...all.flatMap((asked) => sentRequestFindings('push-gateway', asked)),
      ],
      'Volles und kurzes Format zugestellt; das kurze ohne Inhalt, das verschlüsselte Ereignis wie im Raum',
    );
  },
});

/** Looks like one; nobody has to read it. */
const ciphertext = (random: { word(length: number): string }) => ({
  algorithm: 'm.megolm.v1.aes-sha2',
  ciphertext: random.word(64),
  session_id: random.word(43),
});

const deliveredFindings = (seen: Answer, asked: SinkRequest | undefined): Findings =>
  expectThat(seen, asked !== undefined, {
    code: 'not-delivered',
    title: 'Für eine Nachricht kommt beim Push-Dienst nichts an',
    expected: 'eine Push-Nachricht zu dem Ereignis',
    observed: 'keine',
  });

const titles = {
  'other-content': 'Die Push-Nachricht sagt etwas anderes als das Ereignis',
  'encrypted-differs': 'Die Push-Nachricht zu einem verschlüsselten Ereignis sagt etwas anderes als das Ereignis',
} as const;

function contentFindings(seen: Answer, asked: SinkRequest | undefined, code: keyof typeof titles): Findings {
  if (asked === undefined) return [];
  const parts = (from: unknown) => ['type', 'sender', 'room_id', 'content'].map((key) => valueAt(from, [key]) ?? null);
  const got = parts(notificationIn(asked));
  return expectEqual(seen, { wanted: parts(seen.json), got }, { code, title: titles[code] });
}

function shortFindings(seen: Answer, asked: SinkRequest): Findings {
  const surplus = Object.keys(notificationIn(asked)).filter((key) => !keysOfShortForm.includes(key));
  const body = stringAt(seen.json, ['content', 'body']);
  const names = JSON.stringify(asked.json ?? null).includes(body ?? ' ');
  return expectThat(seen, surplus.length === 0 && !names, {
    code: 'more-than-asked',
    title: 'Die kurze Push-Nachricht enthält mehr als die Kennung des Ereignisses',
    expected: `höchstens ${keysOfShortForm.join(', ')}`,
    observed: shown(surplus),
  });
}
