import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import {
  atBackup,
  backedUpKey,
  createBackup,
  deleteBackup,
  keysPath,
  type Place,
  roomKeysTemplate,
  sessionKeyTemplate,
  versionPath,
} from '../../lib/key-backup.ts';
import { expectEqual, expectError, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const [roomA, roomB] = ['!pruefstand-a:example.org', '!pruefstand-b:example.org'];

// Keys are stored and fetched one by one, room by room or all at once, and each change shows in count and mark.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomidsessionid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.backup-keys',
    title: 'Gesicherte Schlüssel kommen unverändert zurück, einzeln, je Raum und alle, und werden richtig gezählt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3room_keyskeysroomidsessionid'),
  },
  counterexamples: [
    {
      title: 'Ein gesicherter Schlüssel kommt verändert zurück',
      defect: { when: { method: 'GET', path: sessionKeyTemplate }, alter: setting(['session_data'], {}) },
      expectFinding: 'session-differs',
    },
    {
      title: 'Im Raum fehlen Schlüssel',
      defect: { when: { method: 'GET', path: roomKeysTemplate }, alter: setting(['sessions'], {}) },
      expectFinding: 'room-differs',
    },
    {
      title: 'In der ganzen Sicherung fehlt ein Raum',
      defect: { when: { method: 'GET', path: keysPath }, alter: setting(['rooms'], {}) },
      expectFinding: 'all-differs',
    },
    {
      title: 'Die Zahl der Schlüssel ändert sich nicht',
      defect: { when: { method: 'PUT', path: roomKeysTemplate }, alter: setting(['count'], 1) },
      expectFinding: 'count-differs',
    },
    {
      title: 'Das Änderungsmerkmal bleibt trotz Änderung gleich',
      defect: { when: { path: /\/room_keys\/keys/ }, alter: setting(['etag'], '1') },
      expectFinding: 'etag-unchanged',
    },
    {
      title: 'Ein gelöschter Schlüssel ist noch da',
      defect: {
        when: { method: 'GET', path: sessionKeyTemplate },
        alter: (answer, { earlier }) => (answer.status === 404 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'deleted-still-there',
    },
    {
      title: 'Ein unbekannte Sicherung wird ausgelesen',
      defect: {
        when: { method: 'GET', path: keysPath },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, { rooms: {} })(answer, seen) : answer),
      },
      expectFinding: 'unknown-backup-known',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const version = await createBackup(tools, alice);
    const stored = await storeAll(tools, alice, version);
    const removed = await removeAll(tools, alice, version);
    const unknown = await unknownBackup(tools, alice);
    await deleteBackup(request, alice, version);
    return outcomeOf(
      [...stored.findings, ...removed, ...unknown],
      'Vier Schlüssel einzeln, je Raum und auf einmal gesichert, gelesen und gelöscht; unbekannte Sicherung abgelehnt',
    );
  },
});

/** One session, one room, all rooms; four keys in the end. */
async function storeAll(tools: Tools, session: Session, version: string): Promise<{ readonly findings: Findings }> {
  const { request } = tools;
  const [one, two, three, four] = [backedUpKey(tools), backedUpKey(tools), backedUpKey(tools), backedUpKey(tools)];
  const put = async (place: Omit<Place, 'version'>, body: unknown) =>
    premise(await atBackup(request, session, 'PUT', { version, ...place, body }));
  const puts = [
    await put({ roomId: roomA, sessionId: 'eins' }, one),
    await put({ roomId: roomA }, { sessions: { zwei: two } }),
    await put({}, { rooms: { [roomA]: { sessions: { drei: three } }, [roomB]: { sessions: { vier: four } } } }),
  ];
  const get = async (place: Omit<Place, 'version'>) =>
    premise(await atBackup(request, session, 'GET', { version, ...place }));
  const [bySession, byRoom, all] = [
    await get({ roomId: roomA, sessionId: 'eins' }),
    await get({ roomId: roomA }),
    await get({}),
  ];
  const info = premise(await request('GET', versionPath, { session }));
  const inRoomA = { sessions: { eins: one, zwei: two, drei: three } };
  const title = 'Gesicherte Schlüssel kommen nicht unverändert und vollständig zurück';
  return {
    findings: [
      ...expectEqual(bySession, { wanted: one, got: bySession.json }, { code: 'session-differs', title }),
      ...expectEqual(byRoom, { wanted: inRoomA, got: byRoom.json }, { code: 'room-differs', title }),
      ...expectEqual(
        all,
        { wanted: { rooms: { [roomA]: inRoomA, [roomB]: { sessions: { vier: four } } } }, got: all.json },
        { code: 'all-differs', title },
      ),
      ...countFindings([...puts, info], [1, 2, 4, 4]),
      ...etagFindings(puts),
    ],
  };
}

/** One session, one room, all; each read afterwards. */
async function removeAll({ request }: Tools, session: Session, version: string): Promise<Findings> {
  const remove = async (place: Omit<Place, 'version'>) =>
    premise(await atBackup(request, session, 'DELETE', { version, ...place }));
  const get = (place: Omit<Place, 'version'>) => atBackup(request, session, 'GET', { version, ...place });
  const removals = [await remove({ roomId: roomA, sessionId: 'eins' })];
  const gone = await get({ roomId: roomA, sessionId: 'eins' });
  removals.push(await remove({ roomId: roomA }));
  const emptyRoom = await get({ roomId: roomA });
  removals.push(await remove({}));
  const empty = await get({});
  const claim = { code: 'deleted-still-there', title: 'Ein gelöschter Schlüssel ist noch in der Sicherung' };
  return [
    ...expectError(gone, { status: 404, errcode: 'M_NOT_FOUND' }, claim),
    ...expectEqual(emptyRoom, { wanted: { sessions: {} }, got: emptyRoom.json }, claim),
    ...expectEqual(empty, { wanted: { rooms: {} }, got: empty.json }, claim),
    ...countFindings(removals, [3, 1, 0]),
    ...etagFindings(removals),
  ];
}

/** For writing the specification leaves open whether the version is wrong or unknown. */
async function unknownBackup(tools: Tools, session: Session): Promise<Findings> {
  const { request } = tools;
  const version = '99999999';
  const key = backedUpKey(tools);
  const places: readonly (Omit<Place, 'version'> & { readonly body: unknown })[] = [
    { roomId: roomA, sessionId: 'eins', body: key },
    { roomId: roomA, body: { sessions: { eins: key } } },
    { body: { rooms: { [roomA]: { sessions: { eins: key } } } } },
  ];
  const findings: Findings[] = [];
  for (const { body, ...place } of places) {
    const written = await atBackup(request, session, 'PUT', { version, ...place, body });
    const read = await atBackup(request, session, 'GET', { version, ...place });
    const removed = await atBackup(request, session, 'DELETE', { version, ...place });
    findings.push(refusedFindings(written, [403, 404]), refusedFindings(read, [404]), refusedFindings(removed, [404]));
  }
  return findings.flat();
}

function refusedFindings(answer: Answer, statuses: readonly number[]): Findings {
  const errcode = stringAt(answer.json, ['errcode']) ?? 'ohne errcode';
  const holds = statuses.includes(answer.status) && ['M_NOT_FOUND', 'M_WRONG_ROOM_KEYS_VERSION'].includes(errcode);
  return expectThat(answer, holds, {
    code: 'unknown-backup-known',
    title: 'Eine unbekannte Sicherung wird nicht als solche gemeldet',
    expected: `Status ${statuses.join(' oder ')} mit M_NOT_FOUND oder M_WRONG_ROOM_KEYS_VERSION`,
    observed: `Status ${answer.status} (${errcode})`,
  });
}

const countFindings = (answers: readonly Answer[], wanted: readonly number[]): Findings =>
  answers.flatMap((answer, index) =>
    expectEqual(
      answer,
      { wanted: wanted[index], got: valueAt(answer.json, ['count']) },
      { code: 'count-differs', title: 'Die Zahl der gesicherten Schlüssel stimmt nicht' },
    ),
  );

function etagFindings(answers: readonly Answer[]): Findings {
  const etags = answers.map(({ json }) => stringAt(json, ['etag']));
  return answers.slice(-1).flatMap((last) =>
    expectThat(last, new Set(etags).size === etags.length, {
      code: 'etag-unchanged',
      title: 'Das Änderungsmerkmal der Sicherung bleibt trotz Änderung gleich',
      expected: `${etags.length} verschiedene Werte von etag`,
      observed: etags.join(', '),
    }),
  );
}
