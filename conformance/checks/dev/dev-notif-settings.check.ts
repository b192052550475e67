import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, shown } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/user/{userId}/account_data/{type}';

/** As a proposal names it that is not in the specification yet. */
const settingsOf = ({ deviceId }: Session): string => `org.matrix.msc3890.local_notification_settings.${deviceId}`;

// Nothing is left of a device that is gone, not even whether it was silent.
// https://github.com/matrix-org/matrix-spec-proposals/pull/3890
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-notif-settings',
    title: 'Mit einem Gerät verschwinden seine Einstellungen zu Benachrichtigungen',
    requirements: ['KO-05'],
    // Only where the proposal is switched on; no answer tells whether it is.
    needs: ['lab', 'accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://github.com/matrix-org/matrix-spec-proposals/pull/3890',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Einstellungen bleiben nach dem Abmelden erhalten',
      defect: {
        when: { method: 'GET', path },
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, { is_silenced: true })(answer, seen)),
      },
      expectFinding: 'settings-kept',
    },
    {
      title: 'Auch die Einstellungen des bleibenden Geräts verschwinden',
      defect: {
        when: { method: 'GET', path },
        alter: onlyNth(3, answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' })),
      },
      expectFinding: 'other-settings-lost',
    },
    {
      title: 'Die Einstellungen werden verändert gespeichert',
      defect: { when: { method: 'GET', path }, alter: onlyNth(1, setting(['is_silenced'], false)) },
      expectFinding: 'settings-changed',
    },
  ],
  async run({ request, account, device, poll }) {
    const owner = await account('notif');
    const staying = await device(owner, 'Pruefstand bleibt');
    const leaving = await device(owner, 'Pruefstand geht');
    const at = (session: Session) => ({
      params: { userId: owner.userId, type: settingsOf(session) },
      session: staying,
    });
    for (const session of [staying, leaving]) {
      premise(await request('PUT', path, { ...at(session), body: { is_silenced: true } }));
    }
    const stored = premise(await request('GET', path, at(leaving)));
    premise(await request('POST', '/_matrix/client/v3/logout', { session: leaving, body: {} }));
    const gone = await poll({
      ask: () => request('GET', path, at(leaving)),
      until: ({ json }) => valueAt(json, ['is_silenced']) === undefined,
      deadlineMs: settlingMs,
    });
    const kept = await request('GET', path, at(staying));
    return outcomeOf(
      [
        ...expectEqual(
          stored,
          { wanted: true, got: valueAt(stored.json, ['is_silenced']) },
          { code: 'settings-changed', title: 'Die Einstellungen eines Geräts werden verändert gespeichert' },
        ),
        ...expectThat(gone, gone.status === 404 || Object.keys(objectAt(gone.json, [])).length === 0, {
          code: 'settings-kept',
          title: 'Die Einstellungen eines abgemeldeten Geräts bleiben erhalten',
          expected: 'keine Einstellungen mehr',
          observed: `Status ${gone.status}, ${shown(gone.json)}`,
        }),
        ...expectEqual(
          kept,
          { wanted: true, got: valueAt(kept.json, ['is_silenced']) },
          { code: 'other-settings-lost', title: 'Auch die Einstellungen eines anderen Geräts sind verschwunden' },
        ),
      ],
      'Einstellungen des abgemeldeten Geräts entfernt, die des anderen erhalten',
    );
  },
});
