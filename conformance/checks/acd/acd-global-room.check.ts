import { outcomeOf } from '../../../core/model/outcome.ts';
import { getAccountData, globalDataTemplate, roomDataTemplate, setAccountData } from '../../lib/account-data.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, globalAccountData, roomAccountData, syncStart } from '../../lib/sync-sections.ts';

const type = 'de.pruefstand.account-data';
const claims = {
  global: { code: 'global-differs', title: 'Allgemeine Kontodaten werden nicht unverändert zurückgegeben' },
  room: { code: 'room-differs', title: 'Kontodaten zu einem Raum werden nicht unverändert zurückgegeben' },
  sync: { code: 'not-synced', title: 'Geänderte Kontodaten erreichen die eigenen Geräte nicht' },
  absent: { code: 'absent-found', title: 'Kontodaten, die es nicht gibt, werden nicht als fehlend gemeldet' },
};

// What a client keeps about its user comes back unchanged and reaches the user's other devices.
// https://spec.matrix.org/v1.19/client-server-api/#client-config
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.acd-global-room',
    title: 'Kontodaten werden unverändert gespeichert und auf die eigenen Geräte verteilt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('client-config'),
  },
  counterexamples: [
    {
      title: 'Allgemeine Kontodaten sind verändert',
      defect: { when: { method: 'GET', path: globalDataTemplate }, alter: setting(['wert'], 'verändert') },
      expectFinding: claims.global.code,
    },
    {
      title: 'Kontodaten zum Raum sind verändert',
      defect: { when: { method: 'GET', path: roomDataTemplate }, alter: setting(['wert'], 'verändert') },
      expectFinding: claims.room.code,
    },
    {
      title: 'Andere Geräte erfahren nichts',
      defect: { when: { path: syncTemplate }, alter: setting(['account_data', 'events'], []) },
      expectFinding: claims.sync.code,
    },
    {
      title: 'Was fehlt, gilt als leer',
      defect: {
        when: { method: 'GET', path: globalDataTemplate },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.absent.code,
    },
  ],
  async run(tools) {
    const { request, poll } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const since = await syncStart(tools, alice);
    const content = { wert: tools.random.word(12), liste: [1, null, { tief: 'Grüße' }] };
    const inRoom = { ...content, wert: tools.random.word(12) };
    premise(await setAccountData(request, alice, { type, roomId }, inRoom));
    premise(await setAccountData(request, alice, { type }, content));
    const found = (ask: () => Promise<Answer>) =>
      poll({ ask, until: ({ status }) => status === 200, deadlineMs: settlingMs });
    const global = await found(() => getAccountData(request, alice, { type }));
    const room = await found(() => getAccountData(request, alice, { type, roomId }));
    const absent = await getAccountData(request, alice, { type: `${type}.${tools.random.word(8)}` });
    const seen: { global?: unknown; room?: unknown } = {};
    const until = (json: unknown) => {
      seen.global ??= valueAt(globalAccountData(json, type), ['content']);
      seen.room ??= valueAt(roomAccountData(json, roomId, type), ['content']);
      return seen.global !== undefined && seen.room !== undefined;
    };
    const end = await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
    return outcomeOf(
      [
        ...expectEqual(global, { wanted: content, got: global.json }, claims.global),
        ...expectEqual(room, { wanted: inRoom, got: room.json }, claims.room),
        ...expectEqual(end.last, { wanted: { global: content, room: inRoom }, got: seen }, claims.sync),
        ...expectError(absent, { status: 404, errcode: 'M_NOT_FOUND' }, claims.absent),
      ],
      'Allgemein und zum Raum unverändert, auch in der Synchronisation',
    );
  },
});
