import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, canonicalJson, valueAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { probesIn, sendToDevice } from '../../lib/to-device.ts';

const syncPath = '/_matrix/client/v3/sync';

/** More than servers hand over in one answer. */
const count = 105;

// A device that was away gets everything that waits for it, in order, in as many answers as it takes.
// https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-9
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.todevice-bulk',
    title: 'Viele wartende Nachrichten kommen vollständig und in der Reihenfolge an, auch über mehrere Antworten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('send-to-device-messaging'),
  },
  counterexamples: [
    {
      title: 'Nur die ersten hundert Nachrichten kommen an',
      defect: {
        when: { path: syncPath },
        alter: (answer, seen) =>
          seen.earlier.length > 0
            ? delivering(() => [])(answer, seen)
            : delivering((events) => events.slice(0, 100))(answer, seen),
      },
      expectFinding: 'lost',
    },
    {
      title: 'Die Reihenfolge ist verkehrt',
      defect: { when: { path: syncPath }, alter: delivering((events) => events.toReversed()) },
      expectFinding: 'out-of-order',
    },
    {
      title: 'Nachrichten kommen doppelt',
      defect: { when: { path: syncPath }, alter: delivering((events) => [...events, ...events.slice(-1)]) },
      expectFinding: 'doubled',
    },
  ],
  async run(tools) {
    const { user, account, device, waitForSync } = tools;
    const [alice, bob] = [await user('alice'), await device(await account('bob'))];
    for (let number = 1; number <= count; number++) await send(tools, { from: alice, to: bob, number });
    let received = 0;
    const end = await waitForSync(bob, {
      until: (json) => {
        received += probesIn(json).length;
        return received >= count;
      },
      deadlineMs: 8_000,
    });
    const numbers = end.answers
      .flatMap(({ json }) => probesIn(json))
      .map((event) => valueAt(event, ['content', 'number']));
    return outcomeOf(
      numberFindings(end.last, numbers),
      `${count} Nachrichten in ${end.answers.length} Antworten, vollständig und in der Reihenfolge`,
    );
  },
});

function send(
  tools: Parameters<typeof sendToDevice>[0],
  { from, to, number }: { readonly from: Session; readonly to: Session; readonly number: number },
): Promise<Answer> {
  return sendToDevice(tools, from, { [to.userId]: { [to.deviceId]: { number } } });
}

function numberFindings(last: Answer, numbers: readonly unknown[]): Findings {
  const different = [...new Set(numbers)];
  const sorted = different.toSorted((a, b) => Number(a) - Number(b));
  return [
    ...expectThat(last, different.length === count, {
      code: 'lost',
      title: 'Wartende Nachrichten an ein Gerät gehen verloren',
      expected: `${count} Nachrichten`,
      observed: `${different.length} Nachrichten`,
    }),
    ...expectThat(last, numbers.length === different.length, {
      code: 'doubled',
      title: 'Wartende Nachrichten an ein Gerät kommen doppelt',
      expected: 'jede Nachricht einmal',
      observed: `${numbers.length - different.length} Nachrichten zu viel`,
    }),
    ...expectThat(last, canonicalJson(different) === canonicalJson(sorted), {
      code: 'out-of-order',
      title: 'Wartende Nachrichten an ein Gerät kommen nicht in der Reihenfolge an',
      expected: `1 bis ${count} in der Reihenfolge`,
      observed: `beginnt mit ${different.slice(0, 5).join(', ')}`,
    }),
  ];
}

function delivering(change: (events: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer, seen) =>
    setting(['to_device', 'events'], change(arrayAt(answer.json, ['to_device', 'events'])))(answer, seen);
}
