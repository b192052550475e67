import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { createIdentity, identityBody, publishIdentity } from '../../lib/cross-signing.ts';
import { setting } from '../../lib/defect.ts';
import { deviceListsIn, unionOf } from '../../lib/device-lists.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;

// Who shares a room with somebody learns at once that there is a new identity, and nobody else does.
// Needs an account without an identity.
// https://spec.matrix.org/v1.19/client-server-api/#extensions-to-sync-2
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-notify',
    title: 'Neue Cross-Signing-Schlüssel werden allen gemeldet, die einen Raum mit der Person teilen',
    requirements: ['KO-05', 'VE-07'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('tracking-the-device-list-for-a-user'),
  },
  counterexamples: [
    {
      title: 'Die Änderung wird nicht gemeldet',
      defect: { when: { path }, alter: setting(['device_lists'], { changed: [], left: [] }) },
      expectFinding: 'not-told',
    },
    {
      title: 'Auch Fremde erfahren davon',
      defect: {
        when: { path },
        alter: (answer, seen) => {
          const [told] = seen.earlier.flatMap(({ json }) => deviceListsIn(json).changed);
          return told === undefined ? answer : setting(['device_lists', 'changed'], [told])(answer, seen);
        },
      },
      expectFinding: 'stranger-told',
    },
  ],
  async run(tools) {
    const { user, room, join, random, waitForSync } = tools;
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    await join(await room(alice), alice, bob);
    const [start, elsewhere] = [
      await waitForSync(bob, { until: () => true, deadlineMs }),
      await waitForSync(carol, { until: () => true, deadlineMs }),
    ];
    premise(await publishIdentity(tools, alice, identityBody(createIdentity(alice, random))));
    const isTold = (json: unknown) => deviceListsIn(json).changed.includes(alice.userId);
    const told = await waitForSync(bob, { since: start.nextBatch ?? '', until: isTold, deadlineMs });
    const stranger = await waitForSync(carol, { since: elsewhere.nextBatch ?? '', until: () => true, deadlineMs: 0 });
    const shown = (answers: typeof told.answers) => unionOf(answers).changed.join(', ') || 'niemand';
    return outcomeOf(
      [
        ...expectThat(told.last, told.reached, {
          code: 'not-told',
          title: 'Eine neue Identität wird denen nicht gemeldet, die einen Raum teilen',
          expected: `device_lists.changed mit ${alice.userId}`,
          observed: shown(told.answers),
        }),
        ...expectThat(stranger.last, !isTold(stranger.last.json), {
          code: 'stranger-told',
          title: 'Eine neue Identität wird Fremden gemeldet',
          expected: `device_lists.changed ohne ${alice.userId}`,
          observed: shown(stranger.answers),
        }),
      ],
      'Der Raumgenosse erfährt es, Fremde nicht',
    );
  },
});
