import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import {
  getPresence,
  presenceIsOff,
  presenceOff,
  presenceTemplate,
  presentAlone,
  setPresence,
} from '../../lib/presence.ts';
import { syncOnce } from '../../lib/sync.ts';

const when = { method: 'GET', path: presenceTemplate };
const claims = {
  unavailable: {
    code: 'unavailable-ignored',
    title: 'Die bei der Synchronisation verlangte Abwesenheit wird nicht beachtet',
  },
  offline: { code: 'offline-ignored', title: 'Unauffälliges Synchronisieren macht trotzdem anwesend' },
  invalid: { code: 'invalid-accepted', title: 'Eine unbekannte Art der Anwesenheit wird angenommen' },
};

// A device in the pocket does not make its owner look present.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-setpresence',
    title: 'Die bei der Synchronisation verlangte Anwesenheit wird beachtet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('get_matrixclientv3sync'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Wer synchronisiert, ist immer anwesend',
      defect: { when, alter: setting(['presence'], 'online') },
      expectFinding: claims.unavailable.code,
    },
    {
      title: 'Auch unauffällig ist man anwesend',
      defect: {
        when,
        alter: (answer, seen) =>
          valueAt(answer.json, ['presence']) === 'offline' ? setting(['presence'], 'online')(answer, seen) : answer,
      },
      expectFinding: claims.offline.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    await presentAlone(tools, alice);
    if (await presenceIsOff(request, alice)) return notApplicable(presenceOff);
    const presenceOnce = (wanted: string) =>
      tools.poll({
        ask: async () => premise(await getPresence(request, alice, alice.userId)),
        until: ({ json }) => valueAt(json, ['presence']) === wanted,
        deadlineMs: settlingMs,
      });
    const sync = (presence: string) => syncOnce(request, alice, { timeout: 0, query: { set_presence: presence } });
    premise(await sync('unavailable'));
    const unavailable = await presenceOnce('unavailable');
    premise(await setPresence(request, alice, { presence: 'offline' }));
    await presenceOnce('offline');
    premise(await sync('offline'));
    const offline = await presenceOnce('offline');
    const invalid = await sync('beschäftigt');
    const got = (json: unknown) => valueAt(json, ['presence']);
    return outcomeOf(
      [
        ...expectEqual(unavailable, { wanted: 'unavailable', got: got(unavailable.json) }, claims.unavailable),
        ...expectEqual(offline, { wanted: 'offline', got: got(offline.json) }, claims.offline),
        ...expectStatus(invalid, 400, claims.invalid),
      ],
      'Abwesend und unauffällig werden beachtet',
    );
  },
});
