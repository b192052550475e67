import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { isJsonObject } from '../../../schemas/json.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { deviceListsIn } from '../../lib/device-lists.ts';
import { changingList } from '../../lib/event-defects.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { openRoom } from '../../lib/membership.ts';
import { presenceEvents } from '../../lib/presence.ts';
import { serverClause } from '../../lib/server-api.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, ephemeralOf, syncStart } from '../../lib/sync-sections.ts';
import { probesIn } from '../../lib/to-device.ts';
import type { Tools } from '../../lib/tools.ts';
import { typistsIn } from '../../lib/typing.ts';
import { deviceListEdu, type Edu, presenceEdu, receiptEdu, toDeviceEdu, typingEdu } from '../../peer/edus.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { openPeer } from '../../peer/peer.ts';
import { servingDevices } from '../../peer/peer-devices.ts';

const statusMessage = 'unterwegs';
const deviceId = 'PEERDEVICE';
const kinds = ['device list', 'presence', 'receipt', 'to-device', 'typing'] as const;

// Each homeserver speaks for its own people only, also in what is not kept.
// https://spec.matrix.org/v1.19/server-server-api/#edus
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-edu-spoof',
    title: 'Ein anderer Homeserver kann nicht im Namen hiesiger Personen tippen, lesen, da sein oder Geräten schreiben',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('edus'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Wer nicht tippt, tippt',
      defect: { when: { path: syncTemplate }, alter: alsoFor('typing') },
      expectFinding: 'spoofed',
    },
    {
      title: 'Eine Nachricht an ein Gerät trägt einen fremden Absender',
      defect: { when: { path: syncTemplate }, alter: alsoFor('to-device') },
      expectFinding: 'spoofed',
    },
    {
      title: 'Auch was ein Homeserver von den eigenen Personen meldet, kommt nicht an',
      defect: { when: { path: syncTemplate }, alter: changingList(['to_device', 'events'], () => []) },
      expectFinding: 'own-not-told',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const peer = await openPeer(tools);
    const roomId = await openRoom(tools, alice, bob);
    const mallory = peer.userId('mallory');
    await joinRoom(peer, { roomId, userId: mallory });
    const { deviceKeys: keys } = createDeviceKeys({ userId: mallory, deviceId }, tools.random);
    servingDevices(peer, mallory, { streamId: 1, devices: [{ deviceId, keys }] });
    const eventId = await tools.sendProbe(alice, roomId);
    const since = await syncStart(tools, alice);
    const news = (userId: string) => edusOf(tools, { userId, alice, roomId, eventId });
    const spoofed = await peer.send({ edus: news(bob.userId) });
    await peer.send({ edus: news(mallory) });
    const told = new Set<string>();
    const seen = await tools.waitForSync(alice, {
      since,
      until: (json) => {
        for (const kind of signsOf(json, { roomId, userId: mallory })) told.add(kind);
        return told.size === kinds.length;
      },
      deadlineMs: arrivalMs,
    });
    const inOthersName = signsIn(seen.answers, { roomId, userId: bob.userId });
    return outcomeOf(
      [
        ...expectEqual(
          seen.last,
          { wanted: kinds, got: [...told].toSorted() },
          {
            code: 'own-not-told',
            title: 'Was ein anderer Homeserver von den eigenen Personen meldet, kommt nicht an',
          },
        ),
        ...expectEqual(
          spoofed,
          { wanted: [], got: inOthersName },
          { code: 'spoofed', title: 'Ein anderer Homeserver kann im Namen hiesiger Personen handeln' },
        ),
      ],
      'Fünf Arten von Meldungen: von den eigenen Personen angekommen, im Namen anderer verworfen',
    );
  },
});

interface Told {
  readonly userId: string;
  readonly alice: Session;
  readonly roomId: string;
  readonly eventId: string;
}

function edusOf({ random, now }: Tools, { userId, alice, roomId, eventId }: Told): readonly Edu[] {
  const message = { [alice.userId]: { [alice.deviceId]: { probe: random.word(16) } } };
  return [
    typingEdu(userId, roomId),
    receiptEdu(userId, { roomId, eventId, ts: now() }),
    presenceEdu(userId, statusMessage),
    deviceListEdu(userId, deviceId, 1),
    toDeviceEdu(userId, random.word(12), message),
  ];
}

interface Whose {
  readonly roomId: string;
  readonly userId: string;
}

const signsIn = (answers: readonly Answer[], whose: Whose): readonly string[] =>
  [...new Set(answers.flatMap(({ json }) => signsOf(json, whose)))].toSorted();

/** Which kinds of news of a person a sync tells. */
function signsOf(sync: unknown, { roomId, userId }: Whose): readonly string[] {
  const signs: Readonly<Record<(typeof kinds)[number], boolean>> = {
    typing: typistsIn(sync, roomId)?.includes(userId) ?? false,
    receipt: hasReceiptOf(ephemeralOf(sync, roomId, 'm.receipt'), userId),
    presence: presenceEvents(sync, userId).some((event) => valueAt(event, ['content', 'status_msg']) === statusMessage),
    'device list': deviceListsIn(sync).changed.includes(userId),
    'to-device': probesIn(sync).some((event) => stringAt(event, ['sender']) === userId),
  };
  return kinds.filter((kind) => signs[kind]);
}

const hasReceiptOf = (event: unknown, userId: string): boolean =>
  Object.values((valueAt(event, ['content']) ?? {}) as object).some(
    (receipts) => valueAt(receipts, ['m.read', userId]) !== undefined,
  );

/** For counterexamples: the news are told of another member as well, who is known from the first sync. */
function alsoFor(kind: 'typing' | 'to-device'): Alteration {
  return (answer, seen) => {
    const text = JSON.stringify(seen.earlier[0]?.json ?? {});
    const people = [...new Set(text.match(/@[^"\\]+:localhost:\d+/g) ?? [])];
    const change = (events: readonly unknown[]): readonly unknown[] =>
      kind === 'to-device'
        ? events.flatMap((event) => people.map((sender) => ({ ...(event as object), sender })))
        : events.map((event) => (isTyping(event) ? { ...event, content: { user_ids: people } } : event));
    if (kind === 'to-device') return changingList(['to_device', 'events'], change)(answer, seen);
    const [roomId = ''] = Object.keys((valueAt(answer.json, ['rooms', 'join']) ?? {}) as object);
    const path = ['rooms', 'join', roomId, 'ephemeral', 'events'];
    return arrayAt(answer.json, path).length === 0 ? answer : changingList(path, change)(answer, seen);
  };
}

const isTyping = (event: unknown): event is Readonly<Record<string, unknown>> =>
  isJsonObject(event) && event['type'] === 'm.typing';
