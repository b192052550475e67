import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { notFound } from '../../lib/refusals.ts';
import { megolm } from '../../lib/room-state.ts';
import { getState } from '../../lib/state-requests.ts';
import { hasEvent, timelineOf } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

const eventType = 'm.room.encryption';
const statePath = /\/state\/m\.room\.encryption$/;
const content = { algorithm: megolm };

// An encrypted room stays encrypted when it moves, and its members know before they write there.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-encrypted',
    title: 'Ein verschlüsselter Raum bleibt beim Umzug verschlüsselt',
    requirements: ['VE-01', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('room-upgrades'),
  },
  counterexamples: [
    {
      title: 'Der neue Raum ist nicht verschlüsselt',
      defect: { when: { path: statePath }, alter: notFound },
      expectFinding: 'not-encrypted',
    },
    {
      title: 'Der neue Raum hat ein unbekanntes Verfahren',
      defect: { when: { path: statePath }, alter: setting(['algorithm'], 'org.example.none') },
      expectFinding: 'not-encrypted',
    },
    {
      title: 'Mitglieder erfahren nichts von der Verschlüsselung',
      defect: { when: { path: '/_matrix/client/v3/sync' }, alter: changingRooms('join', withoutEncryption) },
      expectFinding: 'not-announced',
    },
  ],
  async run({ request, user, room, join, sendProbe, waitForSync }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const { from, to } = await upgradePath(request, alice);
    const initial_state = [{ type: eventType, state_key: '', content }];
    const old = await room(alice, { preset: 'private_chat', room_version: from, initial_state });
    const successor = await upgraded(request, alice, old, to);
    const state = await getState(request, alice, { roomId: successor, eventType });
    await join(successor, alice, bob);
    const message = await sendProbe(alice, successor);
    const seen = await waitForSync(bob, {
      query: inlineFilter(roomsOnly),
      until: (json) => hasEvent(timelineOf(json, successor), message),
      deadlineMs: 8_000,
    });
    const events = seen.answers.flatMap(({ json }) => [
      ...arrayAt(json, ['rooms', 'join', successor, 'state', 'events']),
      ...timelineOf(json, successor),
    ]);
    const encryption = events.findIndex((event) => valueAt(event, ['type']) === eventType);
    const first = events.findIndex((event) => valueAt(event, ['event_id']) === message);
    return outcomeOf(
      [
        ...expectEqual(
          state,
          { wanted: content.algorithm, got: valueAt(state.json, ['algorithm']) },
          { code: 'not-encrypted', title: 'Der neue Raum ist nicht verschlüsselt wie der alte' },
        ),
        ...expectThat(seen.last, encryption >= 0 && encryption < first, {
          code: 'not-announced',
          title: 'Im neuen Raum wird die Verschlüsselung nicht vor der ersten Nachricht bekannt',
          expected: 'm.room.encryption vor der ersten Nachricht',
          observed: encryption < 0 ? 'kein m.room.encryption' : 'm.room.encryption nicht vor der ersten Nachricht',
        }),
      ],
      'Verschlüsselt wie der alte Raum, bekannt vor der ersten Nachricht',
    );
  },
});

function withoutEncryption(joined: unknown): unknown {
  return [
    ['state', 'events'],
    ['timeline', 'events'],
  ].reduce((room, at) => {
    const others = arrayAt(room, at).filter((event) => valueAt(event, ['type']) !== eventType);
    return withValueAt(room, at, others);
  }, joined);
}
