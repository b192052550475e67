import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { losing, repeating } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList, doubling, dropping } from '../../lib/event-defects.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';
import { probeContents, sendToDevice } from '../../lib/to-device.ts';
import type { Tools } from '../../lib/tools.ts';
import { toDeviceEdu } from '../../peer/edus.ts';
import { makeItselfHeard, refusingTransactions } from '../../peer/outage.ts';
import { openPeer, type Peer, transactionPath } from '../../peer/peer.ts';
import { receivedEdus, waitForEdu } from '../../peer/received-edus.ts';

const kind = 'm.direct_to_device';
const deviceId = 'PEERDEVICE';

// Keys of rooms travel this way: one that is lost leaves messages unreadable.
// https://spec.matrix.org/v1.19/server-server-api/#send-to-device-messaging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-todevice',
    title: 'Nachrichten an Geräte überstehen den Ausfall des anderen Homeservers und kommen genau einmal an',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('send-to-device-messaging'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine wiederholte Nachricht kommt doppelt an',
      defect: { when: { path: syncTemplate }, alter: changingList(['to_device', 'events'], doubling) },
      expectFinding: 'incoming-not-once',
    },
    {
      title: 'Eine Nachricht von außen geht verloren',
      defect: { when: { path: syncTemplate }, alter: changingList(['to_device', 'events'], dropping) },
      expectFinding: 'incoming-not-once',
    },
    {
      title: 'Was während des Ausfalls geschrieben wird, geht verloren',
      defect: losing(transactionPath),
      expectFinding: 'outgoing-not-once',
    },
    {
      title: 'Was während des Ausfalls geschrieben wird, kommt danach doppelt',
      defect: repeating(transactionPath),
      expectFinding: 'outgoing-not-once',
    },
  ],
  async run(tools) {
    const alice = await tools.device(await tools.account('alice'));
    const peer = await openPeer(tools);
    const incoming = await sendTwice(tools, peer, alice);
    const { sent, arrived, asked } = await writeDuringOutage(tools, peer, alice);
    return outcomeOf(
      [
        ...expectEqual(incoming.last, incoming, {
          code: 'incoming-not-once',
          title: 'Eine Nachricht, die der andere Homeserver wiederholt, kommt beim Gerät nicht genau einmal an',
        }),
        ...expectEqual(
          asked,
          { wanted: sent, got: arrived },
          {
            code: 'outgoing-not-once',
            title: 'Nachrichten an Geräte kommen nach einem Ausfall des anderen Homeservers nicht genau einmal an',
          },
        ),
      ],
      'Wiederholtes kam einmal an; nach dem Ausfall kam alles genau einmal in der richtigen Reihenfolge',
    );
  },
});

/** The same message in two transactions, as after an answer that got lost, then another one. */
async function sendTwice(tools: Tools, peer: Peer, alice: Session) {
  const since = await syncStart(tools, alice);
  const contents = [{ probe: tools.random.word(16) }, { probe: tools.random.word(16) }];
  const [repeated, other] = contents.map((content) =>
    toDeviceEdu(peer.userId('mallory'), tools.random.word(12), { [alice.userId]: { [alice.deviceId]: content } }),
  );
  for (const edu of [repeated, repeated, other]) await peer.send({ edus: edu === undefined ? [] : [edu] });
  const { answers, last } = await tools.waitForSync(alice, {
    since,
    until: (json) => probeContents(json).some((content) => valueAt(content, ['probe']) === contents[1]?.probe),
    deadlineMs: arrivalMs,
  });
  return { last, wanted: contents, got: answers.flatMap(({ json }) => probeContents(json)) };
}

/** A message while the peer takes nothing, another one afterwards. */
async function writeDuringOutage(tools: Tools, peer: Peer, alice: Session) {
  const sent = [tools.random.word(16), tools.random.word(16)];
  const write = (probe = '') => sendToDevice(tools, alice, { [peer.userId('mallory')]: { [deviceId]: { probe } } });
  const down = refusingTransactions(peer);
  await write(sent[0]);
  await peer.server.waitFor(({ path }) => transactionPath.test(path));
  const refused = receivedEdus(peer, kind).length;
  down[Symbol.dispose]();
  await makeItselfHeard(peer);
  const asked = await write(sent[1]);
  await waitForEdu(peer, kind, (content) => probeOf(peer, content) === sent[1], arrivalMs);
  const arrived = receivedEdus(peer, kind).slice(refused);
  return { asked, sent, arrived: arrived.map((content) => probeOf(peer, content) ?? null) };
}

const probeOf = (peer: Peer, content: unknown): unknown =>
  valueAt(content, ['messages', peer.userId('mallory'), deviceId, 'probe']);
