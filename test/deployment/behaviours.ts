import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import type { Deployment } from '../../deployment/provider.ts';
import { type Candidate, deploy } from './deploy.ts';
import { leftoversOf } from './leftovers.ts';
import { countLimited, createRoom, enter } from './matrix.ts';

/** What every provider of the reference deployment must do alike. */
export function behavesAsReferenceDeployment(candidate: Candidate): void {
  const { missing, tools } = candidate;
  describe.skipIf(missing !== undefined)(`${candidate.name}${missing === undefined ? '' : ` (${missing})`}`, () => {
    let deployment: Deployment & { readonly runId: string };
    let bench: Bench;
    const get = (path: string) => bench.send({ method: 'GET', url: `${bench.target.homeserverUrl}${path}` });

    beforeAll(async () => {
      deployment = await deploy(candidate);
      bench = deployment.bench;
    }, 120_000);

    afterAll(async () => {
      await deployment[Symbol.asyncDispose]();
      expect(leftoversOf(deployment.runId, tools.docker)).toEqual([]);
    }, 60_000);

    test('the homeserver answers at the edge, over TLS', async () => {
      const answer = await get('/_matrix/client/versions');
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text()).versions).toContain('v1.11');
      expect(bench.target.homeserverUrl).toMatch(/^https:/);
    });

    test('nobody registers, neither as a person nor as a guest', async () => {
      for (const path of ['/_matrix/client/v3/register', '/_matrix/client/v3/register?kind=guest']) {
        const answer = await bench.send({ method: 'POST', url: `${bench.target.homeserverUrl}${path}`, body: '{}' });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    });

    test.for([
      '/_synapse/admin/v1/server_version',
      '/_matrix/client/../../_synapse/admin/v1/server_version',
      '/_matrix/client/%2e%2e/%2E%2e/_synapse/admin/v1/server_version',
      '/_synapse/client/..%2fadmin/v1/server_version',
      '//_synapse/admin/v1/server_version',
      '/_matrix//../_synapse/admin/v1/server_version',
      '/_synapse/metrics',
      '/metrics',
      '/health',
      '/_matrix/federation/v1/version',
      '/_matrix/key/v2/server',
      '/_synapse/replication/',
    ])('the edge does not let through %s', async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text()).errcode).toBe('M_UNRECOGNIZED');
    });

    test('administration answers at the internal port', async () => {
      const url = `${bench.target.adminUrl}/_synapse/admin/v1/server_version`;
      expect(JSON.parse((await bench.send({ method: 'GET', url })).text())).toEqual({
        server_version: bench.target.versions['synapse'],
      });
    });

    test('a new room is encrypted without being asked', async () => {
      const alice = await enter(bench, 'alice');
      const roomId = await createRoom(alice);
      const state = await alice.request('GET', `/rooms/${encodeURIComponent(roomId)}/state/m.room.encryption`);
      expect(state).toEqual({ status: 200, json: { algorithm: 'm.megolm.v1.aes-sha2' } });
    });

    test('a person meets the limit of messages, a bench account does not', async () => {
      const [alice, bob] = [await enter(bench, 'alice'), await enter(bench, 'bob', 'ordinary')];
      expect(await countLimited(alice, await createRoom(alice), 25)).toBe(0);
      expect(await countLimited(bob, await createRoom(bob), 25)).toBeGreaterThanOrEqual(10);
    });

    test('messages reach another person', async () => {
      const [alice, bob] = [await enter(bench, 'alice'), await enter(bench, 'bob')];
      const roomId = await createRoom(alice, { invite: [bob.session.userId] });
      expect((await bob.request('POST', `/join/${encodeURIComponent(roomId)}`, {})).status).toBe(200);
      expect(await countLimited(alice, roomId, 3)).toBe(0);
      const sync = await bob.request('GET', '/sync?timeout=0');
      const bodies = JSON.stringify(sync.json).match(/"body":"\d"/g);
      expect(bodies).toEqual(['"body":"0"', '"body":"1"', '"body":"2"']);
    });

    test('many people enter one after another, each from a machine of their own', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, () => enter(bench, 'carol', 'ordinary')));
      expect(new Set(people.map(({ session }) => session.userId)).size).toBe(8);
    });

    test('the database search finds a word wherever it was put', async () => {
      const word = `kanarie${Date.now().toString(36)}`;
      const alice = await enter(bench, 'alice');
      expect(await bench.database?.tablesContaining(word)).toEqual([]);
      const roomId = await createRoom(alice, { name: `${word}` });
      const user = encodeURIComponent(alice.session.userId);
      await alice.request('PUT', `/user/${user}/account_data/de.example`, { [word]: true });
      await alice.request('PUT', `/devices/${alice.session.deviceId}`, { display_name: word });
      await alice.request('PUT', `/user/${user}/rooms/${encodeURIComponent(roomId)}/tags/u.${word}`, {});
      const tables = await bench.database?.tablesContaining(word);
      expect(tables).toEqual(expect.arrayContaining(['account_data', 'devices', 'event_json', 'room_tags']));
      expect(await bench.database?.countRows()).toBeGreaterThan(100);
    });

    test('every account is listed', async () => {
      const account = await bench.accounts.lease('listed');
      expect(bench.accounts.created).toContainEqual({ userId: account.userId, kind: 'bench' });
    });
  });
}
