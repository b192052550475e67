import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { deviceListsIn, unionOf } from '../../lib/device-lists.ts';
import { arrayAt } from '../../lib/json.ts';
import { uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';

const path = '/_matrix/client/v3/keys/changes';
const syncPath = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;

// A device that was away asks whose keys changed meanwhile, and hears the same as one that listened all the time.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3keyschanges
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-changes',
    title: 'Wessen Schlüssel sich änderten, sagt die Nachfrage genau wie die laufende Synchronisation',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv3keyschanges'),
  },
  counterexamples: [
    {
      title: 'Die Nachfrage verschweigt die Änderung',
      defect: { when: { path }, alter: setting(['changed'], []) },
      expectFinding: 'change-concealed',
    },
    {
      title: 'Die Nachfrage nennt jemanden, dessen Schlüssel gleich blieben',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          setting(['changed'], [...arrayAt(answer.json, ['changed']), '@fremd:example.org'])(answer, seen),
      },
      expectFinding: 'answers-differ',
    },
    {
      title: 'Die laufende Synchronisation verschweigt die Änderung',
      defect: { when: { path: syncPath }, alter: setting(['device_lists'], { changed: [], left: [] }) },
      expectFinding: 'not-in-sync',
    },
    {
      title: 'Eine unsinnige Marke wird angenommen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { changed: [], left: [] })(answer, seen) : answer,
      },
      expectFinding: 'nonsense-accepted',
    },
  ],
  async run({ request, user, room, join, random, waitForSync }) {
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const roomId = await room(alice);
    for (const guest of [bob, carol]) await join(roomId, alice, guest);
    const start = await waitForSync(alice, { until: () => true, deadlineMs });
    const from = start.nextBatch ?? '';
    premise(await uploadKeys(request, bob, { device_keys: createDeviceKeys(bob, random).deviceKeys }));
    const heard = await waitForSync(alice, {
      since: from,
      until: (json) => deviceListsIn(json).changed.includes(bob.userId),
      deadlineMs,
    });
    const ask = (query: Readonly<Record<string, string>>) => request('GET', path, { session: alice, query });
    const asked = premise(await ask({ from, to: heard.nextBatch ?? '' }));
    const malformed = await ask({ from: 'keine-marke', to: 'keine-marke' });
    return outcomeOf(
      [
        ...expectThat(heard.last, heard.reached, {
          code: 'not-in-sync',
          title: 'Die Synchronisation verschweigt, dass sich Schlüssel änderten',
          expected: `device_lists.changed mit ${bob.userId}`,
          observed: unionOf(heard.answers).changed.join(', ') || 'niemand',
        }),
        ...changeFindings(asked, { wanted: bob.userId, heard: unionOf(heard.answers).changed }),
        ...expectMalformed(malformed, { code: 'nonsense-accepted', title: 'Eine unsinnige Marke wird angenommen' }),
      ],
      'Nachfrage und Synchronisation nennen dieselbe Person; eine unsinnige Marke 400',
    );
  },
});

function changeFindings(
  answer: Answer,
  { wanted, heard }: { readonly wanted: string; readonly heard: readonly unknown[] },
): Findings {
  const changed = arrayAt(answer.json, ['changed']).toSorted();
  return [
    ...expectThat(answer, changed.includes(wanted), {
      code: 'change-concealed',
      title: 'Die Nachfrage verschweigt, dass sich Schlüssel änderten',
      expected: `changed mit ${wanted}`,
      observed: changed.join(', ') || 'niemand',
    }),
    ...expectEqual(
      answer,
      { wanted: heard, got: changed },
      { code: 'answers-differ', title: 'Nachfrage und Synchronisation nennen verschiedene Personen' },
    ),
  ];
}
