import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { expect, test } from 'vitest';
import { exampleTarget } from '../../../core/testing/examples.ts';
import { startEndpoint } from './bad-endpoint.ts';
import { endpointsOf } from './endpoint.ts';
import { handshake } from './handshake.ts';

test.each(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const)('our side can speak %s', async (version) => {
  await using server = await startEndpoint({ minVersion: version, maxVersion: version });
  expect(await handshake(server.endpoint, version)).toMatchObject({ kind: 'accepted', offered: version });
});

test.each([
  ['TLSv1', 'TLSv1.2', 'TLSv1.3'],
  ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  ['TLSv1.3', 'TLSv1', 'TLSv1.2'],
] as const)('%s is refused by a server from %s to %s', async (version, minVersion, maxVersion) => {
  await using server = await startEndpoint({ minVersion, maxVersion });
  expect(await handshake(server.endpoint, version)).toMatchObject({ kind: 'refused' });
});

test.each([
  [{}, undefined],
  [{ trusted: false }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [{ names: ['other.example'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [{ validDays: -1 }, 'CERT_HAS_EXPIRED'],
])('a certificate with %j is distrusted because of %s', async (traits, distrust) => {
  await using server = await startEndpoint({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', ...traits });
  const result = await handshake(server.endpoint, 'TLSv1.3');
  expect(result.kind === 'accepted' ? result.distrust : result).toBe(distrust);
});

test('a connection that is cut during the handshake is a refusal', async () => {
  const server = createTcpServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await handshake({ host: '127.0.0.1', port, authorities: [] }, 'TLSv1.3')).toMatchObject({ kind: 'refused' });
  server.close();
});

test('an address nobody listens at breaks the bench, not the requirement', async () => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const attempt = handshake({ host: '127.0.0.1', port, authorities: [] }, 'TLSv1.3');
  await expect(attempt).rejects.toMatchObject({ code: 'targetUnreachable' });
});

test('a handshake goes through the proxy of the target', async () => {
  await using server = await startEndpoint({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' });
  const asked: unknown[] = [];
  const proxy = createServer().on('connect', ({ url, headers }, client) => {
    asked.push([url, headers['proxy-authorization']]);
    const upstream = connect(server.endpoint.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const proxyUrl = `http://alice:pass@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(await handshake({ ...server.endpoint, proxyUrl }, 'TLSv1.3')).toMatchObject({ kind: 'accepted' });
  expect(asked).toEqual([
    [`localhost:${server.endpoint.port}`, `Basic ${Buffer.from('alice:pass').toString('base64')}`],
  ]);
  proxy.closeAllConnections();
  proxy.close();
});

test('the addresses of a target are those that speak TLS, each once', () => {
  const target = { ...exampleTarget, homeserverUrl: 'https://hs1.example', clientUrl: 'https://hs1.example:443/app' };
  expect(endpointsOf(target, [])).toEqual([{ host: 'hs1.example', port: 443, authorities: [] }]);
  const plain = { ...exampleTarget, homeserverUrl: 'http://[::1]:8008', clientUrl: 'https://[::1]:8448' };
  expect(endpointsOf(plain, ['pem'])).toEqual([{ host: '::1', port: 8448, authorities: ['pem'] }]);
});
