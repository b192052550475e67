import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import type { SyncEnd } from '../../lib/sync.ts';
import { probeContents, probesIn, sendToDevice, toDeviceTemplate } from '../../lib/to-device.ts';
import type { Tools } from '../../lib/tools.ts';

const syncPath = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;

// A message to all devices of a person reaches each of them once, under the true sender's name, and nobody else.
// https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.todevice-foreign',
    title: 'Nachrichten an alle Geräte einer Person erreichen genau diese und tragen den wahren Absender',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('send-to-device-messaging'),
  },
  counterexamples: [
    {
      title: 'Eine fremde Person erhält die Nachricht auch',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) => {
          const before = seen.earlier.flatMap(({ json }) => probesIn(json));
          return delivering((events) => [...events, ...before])(answer, seen);
        },
      },
      expectFinding: 'delivered-to-stranger',
    },
    {
      title: 'Die Nachricht kommt nur an einem Gerät an',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) => (seen.earlier.length > 0 ? delivering(() => [])(answer, seen) : answer),
      },
      expectFinding: 'not-on-every-device',
    },
    {
      title: 'Die Nachricht trägt einen anderen Absender',
      defect: {
        when: { path: syncPath },
        alter: delivering((events) => events.map((event) => ({ ...Object(event), sender: '@fremd:example.org' }))),
      },
      expectFinding: 'wrong-sender',
    },
    {
      title: 'Eine unbekannte Art von Nachricht wird abgelehnt',
      defect: {
        when: { path: toDeviceTemplate },
        alter: (answer, seen) =>
          seen.path.includes('unbekannt')
            ? answering(400, { errcode: 'M_UNKNOWN', error: 'altered' })(answer, seen)
            : answer,
      },
      expectFinding: 'unknown-type-refused',
    },
  ],
  async run(tools) {
    const { request, account, device, user, random, target } = tools;
    const [alice, carol, bob] = [await user('alice'), await user('carol'), await account('bob')];
    const [first, second] = [await device(bob, 'Pruefstand eins'), await device(bob, 'Pruefstand zwei')];
    const content = { probe: random.word(16) };
    const nobody = `@pruefstand-${random.word(10)}:${target.serverName}`;
    await sendToDevice(tools, alice, { [bob.userId]: { '*': content }, [nobody]: { '*': content } });
    const params = { eventType: 'de.pruefstand.unbekannt', txnId: random.word(12) };
    const body = { messages: { [bob.userId]: { UNBEKANNT: content } } };
    const unknown = await request('PUT', toDeviceTemplate, { params, session: alice, body });
    const received = [await receive(tools, first), await receive(tools, second)];
    const stranger = await tools.waitForSync(carol, { until: () => true, deadlineMs: 0 });
    return outcomeOf(
      [
        ...received.flatMap(({ last }) => receivedFindings(last, { content, sender: alice.userId })),
        ...expectEqual(
          stranger.last,
          { wanted: [], got: probeContents(stranger.last.json) },
          { code: 'delivered-to-stranger', title: 'Eine fremde Person erhält Nachrichten, die an andere gehen' },
        ),
        ...expectStatus(unknown, 200, {
          code: 'unknown-type-refused',
          title: 'Eine Nachricht unbekannter Art wird abgelehnt',
        }),
      ],
      'Beide Geräte je einmal mit wahrem Absender, Fremde nichts; unbekannte Art und unbekanntes Gerät angenommen',
    );
  },
});

const receive = ({ waitForSync }: Tools, session: Session): Promise<SyncEnd> =>
  waitForSync(session, { until: (json) => probesIn(json).length > 0, deadlineMs });

function receivedFindings(
  answer: Answer,
  { content, sender }: { readonly content: unknown; readonly sender: string },
): Findings {
  const events = probesIn(answer.json);
  return [
    ...expectEqual(
      answer,
      { wanted: [content], got: probeContents(answer.json) },
      { code: 'not-on-every-device', title: 'Eine Nachricht an alle Geräte kommt nicht an jedem genau einmal an' },
    ),
    ...expectEqual(
      answer,
      { wanted: events.map(() => sender), got: events.map((event) => valueAt(event, ['sender'])) },
      { code: 'wrong-sender', title: 'Eine Nachricht an ein Gerät trägt einen falschen Absender' },
    ),
  ];
}

function delivering(change: (events: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer, seen) =>
    setting(['to_device', 'events'], change(arrayAt(answer.json, ['to_device', 'events'])))(answer, seen);
}
