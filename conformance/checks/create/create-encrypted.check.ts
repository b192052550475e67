import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { megolm } from '../../lib/room-state.ts';
import { hasEvent, syncOnce, timelineOf } from '../../lib/sync.ts';

const statePath = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}';
const content = { algorithm: megolm, rotation_period_msgs: 50 };

// A room asked for with encryption is encrypted from its first message on, with the settings asked for.
// https://spec.matrix.org/v1.19/client-server-api/#mroomencryption
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-encrypted',
    title: 'Ein verschlüsselt angelegter Raum ist vor der ersten Nachricht verschlüsselt',
    requirements: ['VE-01', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('mroomencryption'),
  },
  counterexamples: [
    {
      title: 'Der Raum ist gar nicht verschlüsselt',
      defect: { when: { path: statePath }, alter: answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' }) },
      expectFinding: 'settings-lost',
    },
    {
      title: 'Der Server ändert die Einstellungen der Verschlüsselung',
      defect: { when: { path: statePath }, alter: setting(['rotation_period_msgs'], 100_000) },
      expectFinding: 'settings-lost',
    },
    {
      title: 'Mitglieder erfahren nichts von der Verschlüsselung',
      defect: { when: { path: '/_matrix/client/v3/sync' }, alter: setting(['rooms'], { join: {} }) },
      expectFinding: 'not-announced',
    },
  ],
  async run({ request, user, room, sendProbe, poll }) {
    const alice = await user('alice');
    const initial_state = [{ type: 'm.room.encryption', state_key: '', content }];
    const roomId = await room(alice, { preset: 'private_chat', initial_state });
    const params = { roomId, eventType: 'm.room.encryption' };
    const state = await request('GET', statePath, { params, session: alice });
    const firstMessage = await sendProbe(alice, roomId);
    const sync = await poll({
      ask: async () => premise(await syncOnce(request, alice, { timeout: 0 })),
      until: ({ json }) => hasEvent(timelineOf(json, roomId), firstMessage),
      deadlineMs: settlingMs,
    });
    const joined = ['rooms', 'join', roomId];
    const events = [
      ...arrayAt(sync.json, [...joined, 'state', 'events']),
      ...arrayAt(sync.json, [...joined, 'timeline', 'events']),
    ];
    const encryption = events.findIndex((event) => valueAt(event, ['type']) === 'm.room.encryption');
    const message = events.findIndex((event) => valueAt(event, ['event_id']) === firstMessage);
    return outcomeOf(
      [
        ...expectEqual(
          state,
          { wanted: content, got: state.json },
          {
            code: 'settings-lost',
            title: 'Der Raum hat nicht die verlangte Verschlüsselung',
          },
        ),
        ...expectThat(sync, encryption >= 0 && encryption < message, {
          code: 'not-announced',
          title: 'Die Verschlüsselung wird nicht vor der ersten Nachricht bekannt',
          expected: 'm.room.encryption vor der ersten Nachricht',
          observed: encryption < 0 ? 'kein m.room.encryption' : 'm.room.encryption nach der ersten Nachricht',
        }),
      ],
      'Verschlüsselung mit den verlangten Einstellungen, bekannt vor der ersten Nachricht',
    );
  },
});
