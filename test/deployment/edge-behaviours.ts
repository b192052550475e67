import { request } from 'undici';
import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';

const closedPaths = [
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
];

/** What the public address answers and what it keeps closed. */
export function theEdge(bench: () => Bench): void {
  const get = (path: string) => bench().send({ method: 'GET', url: `${bench().target.homeserverUrl}${path}` });

  test('the homeserver answers at the edge, over TLS', async () => {
    const answer = await get('/_matrix/client/versions');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text()).versions).toContain('v1.11');
    expect(bench().target.homeserverUrl).toMatch(/^https:/);
  });

  test('whoever speaks plain HTTP is sent to the same address with TLS', async () => {
    const { homeserverUrl } = bench().target;
    const plain = await request(homeserverUrl.replace('https:', 'http:').concat('/_matrix/client/versions'));
    await plain.body.dump();
    expect([plain.statusCode, plain.headers['location']]).toEqual([301, `${homeserverUrl}/_matrix/client/versions`]);
  });

  test('the discovery document names the homeserver, its rules for encryption and legal pages that exist', async () => {
    const document = JSON.parse((await get('/.well-known/matrix/client')).text());
    expect(document['m.homeserver']).toEqual({ base_url: bench().target.homeserverUrl });
    expect(document['io.element.e2ee'].secure_backup_required).toBe(true);
    for (const url of Object.values<string>(document['de.bwi'])) {
      const page = await bench().send({ method: 'GET', url });
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text()).toContain('<html lang="de">');
    }
  });

  test('any page may read the API, none with credentials', async () => {
    for (const path of ['/_matrix/client/versions', '/.well-known/matrix/client', '/closed']) {
      const { headers } = await get(path);
      expect([path, headers['access-control-allow-origin']]).toEqual([path, '*']);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
    }
  });

  test('nobody registers, neither as a person nor as a guest', async () => {
    for (const path of ['/_matrix/client/v3/register', '/_matrix/client/v3/register?kind=guest']) {
      const url = `${bench().target.homeserverUrl}${path}`;
      const answer = await bench().send({ method: 'POST', url, body: '{}' });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  test.for(closedPaths)('the edge does not let through %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text()).errcode).toBe('M_UNRECOGNIZED');
  });

  test('an escaped slash in a room alias reaches the homeserver as it was written', async () => {
    const answer = await get('/_matrix/client/v3/directory/room/%23a%2Fb%3Anowhere.invalid');
    expect(JSON.parse(answer.text()).errcode).not.toBe('M_UNRECOGNIZED');
  });
}
