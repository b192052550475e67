import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { countLimited, createRoom, enter } from './matrix.ts';

export function rooms(bench: () => Bench): void {
  test('a new room is encrypted without being asked', async () => {
    const alice = await enter(bench(), 'alice');
    const roomId = await createRoom(alice);
    const state = await alice.request('GET', `/rooms/${encodeURIComponent(roomId)}/state/m.room.encryption`);
    expect(state).toEqual({ status: 200, json: { algorithm: 'm.megolm.v1.aes-sha2' } });
  });

  test('messages reach another person', async () => {
    const [alice, bob] = [await enter(bench(), 'alice'), await enter(bench(), 'bob')];
    const roomId = await createRoom(alice, { invite: [bob.session.userId] });
    expect((await bob.request('POST', `/join/${encodeURIComponent(roomId)}`, {})).status).toBe(200);
    expect(await countLimited(alice, roomId, 3)).toBe(0);
    const sync = await bob.request('GET', '/sync?timeout=0');
    const bodies = JSON.stringify(sync.json).match(/"body":"\d"/g);
    expect(bodies).toEqual(['"body":"0"', '"body":"1"', '"body":"2"']);
  });
}

/** What only a deployment of our own lets us see. */
export function insight(bench: () => Bench): void {
  test('administration answers at the internal port', async () => {
    const url = `${bench().target.adminUrl}/_synapse/admin/v1/server_version`;
    const answer = await bench().send({ method: 'GET', url });
    expect(JSON.parse(answer.text())).toEqual({ server_version: bench().target.versions['synapse'] });
  });

  test('the database search finds a word wherever it was put', async () => {
    const word = `kanarie${Date.now().toString(36)}`;
    const alice = await enter(bench(), 'alice');
    expect(await bench().database?.tablesContaining(word)).toEqual([]);
    const roomId = encodeURIComponent(await createRoom(alice, { name: word }));
    const user = encodeURIComponent(alice.session.userId);
    await alice.request('PUT', `/user/${user}/account_data/de.example`, { [word]: true });
    await alice.request('PUT', `/devices/${alice.session.deviceId}`, { display_name: word });
    await alice.request('PUT', `/user/${user}/rooms/${roomId}/tags/u.${word}`, {});
    const tables = await bench().database?.tablesContaining(word);
    expect(tables).toEqual(expect.arrayContaining(['account_data', 'devices', 'event_json', 'room_tags']));
    expect(await bench().database?.countRows()).toBeGreaterThan(100);
  });
}
