import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';
import { probeType } from '../../lib/tools.ts';

const syncPath = '/_matrix/client/v3/sync';
const sendPath = '/_matrix/client/v3/sendToDevice/{eventType}/{txnId}';

// Keys travel as messages between devices: each arrives once, in order, and only at its device.
// https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.todevice',
    title: 'Nachrichten zwischen Geräten kommen genau einmal, in der Reihenfolge und nur beim richtigen Gerät an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('send-to-device-messaging'),
  },
  counterexamples: [
    {
      title: 'Die Nachrichten kommen nicht an',
      defect: { when: { path: syncPath }, alter: setting(['to_device', 'events'], []) },
      expectFinding: 'delivery-differs',
    },
    {
      title: 'Die Reihenfolge ist verkehrt',
      defect: { when: { path: syncPath }, alter: delivering((events) => events.toReversed()) },
      expectFinding: 'delivery-differs',
    },
    {
      title: 'Abgeholte Nachrichten kommen noch einmal',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) => {
          const before = seen.earlier.flatMap(({ json }) => eventsIn(json));
          return delivering((events) => (events.length > 0 ? events : before))(answer, seen);
        },
      },
      expectFinding: 'delivered-again',
    },
    {
      title: 'Ein anderes Gerät erhält die Nachrichten auch',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) => {
          const before = seen.earlier.flatMap(({ json }) => eventsIn(json));
          return seen.query.includes('since=') ? answer : delivering((events) => [...before, ...events])(answer, seen);
        },
      },
      expectFinding: 'wrong-device',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const bob = await tools.account('bob');
    const [wanted, bystander] = [
      await tools.device(bob, 'Pruefstand eins'),
      await tools.device(bob, 'Pruefstand zwei'),
    ];
    const sent = await sendInOrder(tools, alice, wanted);
    const received = await tools.waitForSync(wanted, {
      until: (json) => eventsIn(json).length >= sent.length,
      deadlineMs: 6_000,
    });
    const since = received.nextBatch === undefined ? {} : { since: received.nextBatch };
    const again = await tools.waitForSync(wanted, { ...since, until: () => true, deadlineMs: 1_000 });
    const elsewhere = await tools.waitForSync(bystander, { until: () => true, deadlineMs: 1_000 });
    const got = (answers: readonly { readonly json: unknown }[]) => answers.flatMap(({ json }) => numbersIn(json));
    return outcomeOf(
      [
        ...expectEqual(
          received.last,
          { wanted: sent, got: got(received.answers) },
          {
            code: 'delivery-differs',
            title: 'Nachrichten an ein Gerät kommen nicht genau einmal und in der Reihenfolge an',
          },
        ),
        ...expectEqual(
          again.last,
          { wanted: [], got: got(again.answers) },
          {
            code: 'delivered-again',
            title: 'Abgeholte Nachrichten an ein Gerät werden erneut zugestellt',
          },
        ),
        ...expectEqual(
          elsewhere.last,
          { wanted: [], got: got(elsewhere.answers) },
          {
            code: 'wrong-device',
            title: 'Nachrichten an ein Gerät erreichen auch ein anderes',
          },
        ),
      ],
      `${sent.length} Nachrichten in der Reihenfolge, eine Wiederholung ohne Wirkung, nichts beim zweiten Gerät`,
    );
  },
});

const eventsIn = (sync: unknown): readonly unknown[] => arrayAt(sync, ['to_device', 'events']);

const numbersIn = (sync: unknown): readonly unknown[] =>
  eventsIn(sync).map((event) => valueAt(event, ['content', 'number']));

function delivering(change: (events: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer, seen) => setting(['to_device', 'events'], change(eventsIn(answer.json)))(answer, seen);
}

/** Three messages, the second sent twice under the same transaction. Resolves with their numbers. */
async function sendInOrder({ request, random }: Tools, sender: Session, to: Session): Promise<readonly number[]> {
  const send = async (number: number, txnId: string) => {
    const body = { messages: { [to.userId]: { [to.deviceId]: { number } } } };
    premise(await request('PUT', sendPath, { params: { eventType: probeType, txnId }, session: sender, body }));
  };
  for (const number of [1, 2, 3]) {
    const txnId = random.word(12);
    await send(number, txnId);
    if (number === 2) await send(number, txnId);
  }
  return [1, 2, 3];
}
