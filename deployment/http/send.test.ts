import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RigError } from '../../core/model/rig-error.ts';
import { createCertificates } from '../reference/certificates.ts';
import { createHttpSend } from './send.ts';

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Answers at once, after noting something about the request. */
const noting =
  (note: (request: IncomingMessage) => void): RequestListener =>
  (request, response) => {
    note(request);
    response.end();
  };

const http = async (listener: RequestListener) => `http://127.0.0.1:${await listening(createServer(listener))}`;

const failure = (sent: Promise<unknown>): Promise<RigError> =>
  sent.then(
    () => expect.fail('the request was answered'),
    (thrown) => (thrown instanceof RigError ? thrown : expect.fail(`no RigError but ${String(thrown)}`)),
  );

function certificateFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'pruefstand-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const made = createCertificates();
  const caCertificates = join(folder, 'authority.pem');
  writeFileSync(caCertificates, made.authority);
  return { made, caCertificates };
}

test('an answer comes with status, lower-case headers and body', async () => {
  const url = await http((_, response) => response.writeHead(418, { 'X-Tea': 'green' }).end('Grüße'));
  await using send = createHttpSend({ allowedOrigins: [url] });
  const answer = await send({ method: 'GET', url: `${url}/` });
  expect([answer.status, answer.headers['x-tea'], answer.text()]).toEqual([418, 'green', 'Grüße']);
});

test('the path leaves as it was written, dot segments and escapes included', async () => {
  const seen: (string | undefined)[] = [];
  const url = await http(noting((request) => seen.push(request.url)));
  await using send = createHttpSend({ allowedOrigins: [url] });
  await send({ method: 'GET', url: `${url}/a/../b/%2e%2e/c%2Fd?q=%23` });
  expect(seen).toEqual(['/a/../b/%2e%2e/c%2Fd?q=%23']);
});

test('a redirect is an answer like any other', async () => {
  const url = await http((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
  await using send = createHttpSend({ allowedOrigins: [url] });
  expect((await send({ method: 'GET', url: `${url}/` })).status).toBe(302);
});

test('an address the target does not name is refused before anything leaves', async () => {
  const asked: string[] = [];
  const foreign = await http(noting((request) => asked.push(request.url ?? '')));
  await using send = createHttpSend({ allowedOrigins: ['https://messenger.example'] });
  const refusal = await failure(send({ method: 'GET', url: `${foreign}/` }));
  expect(refusal.message).toMatch(/^Safety lock: http:\/\/127\.0\.0\.1:\d+ is not part of the target/);
  expect(asked).toEqual([]);
});

test('nothing is sent after the permission ended', async () => {
  const url = await http((_, response) => response.end());
  await using send = createHttpSend({ allowedOrigins: [url], until: '2020-01-01T00:00:00Z' });
  const refusal = await failure(send({ method: 'GET', url: `${url}/` }));
  expect(refusal.message).toBe('The permission for the target ended at 2020-01-01T00:00:00Z; nothing more is sent.');
});

test('a server that takes too long is named with its limit', async () => {
  const url = await http(() => {});
  await using send = createHttpSend({ allowedOrigins: [url] });
  const slow = await failure(send({ method: 'GET', url: `${url}/slow`, timeoutMs: 50 }));
  expect(slow.code).toBe('targetUnreachable');
  expect(slow.message).toMatch(/^127\.0\.0\.1:\d+ did not answer completely within 50 ms \(\/slow\)\.$/);
});

test('an answer that breaks off is named with its request', async () => {
  const url = await http((_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"half":');
    setTimeout(() => response.destroy(), 20);
  });
  await using send = createHttpSend({ allowedOrigins: [url] });
  const broken = await failure(send({ method: 'GET', url: `${url}/half` }));
  expect(broken.code).toBe('targetUnreachable');
  expect(broken.message).toMatch(/^127\.0\.0\.1:\d+ did not answer GET \/half to its end \(/);
});

test('an answer without end is not read to its end', async () => {
  let sent = 0;
  const url = await http((_, response) => {
    const chunk = 'x'.repeat(64 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      sent += chunk.length;
    };
    response.on('drain', more);
    more();
  });
  await using send = createHttpSend({ allowedOrigins: [url], longestBody: 1024 * 1024 });
  const endless = await failure(send({ method: 'GET', url: `${url}/endless` }));
  expect(endless.code).toBe('answerUnreadable');
  expect(endless.message).toBe('the answer to GET /endless is longer than 1 MiB; it was not read to its end');
  // What the sockets between them hold comes on top.
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});

test('a stopped check stops its request', async () => {
  const url = await http(() => {});
  await using send = createHttpSend({ allowedOrigins: [url] });
  const stop = new AbortController();
  const sent = failure(send({ method: 'GET', url: `${url}/`, signal: stop.signal }));
  stop.abort();
  expect((await sent).code).toBe('interrupted');
});

test('a closed port is one line with host, port and what to look at', async () => {
  await using send = createHttpSend({ allowedOrigins: ['http://127.0.0.1:9'] });
  const refusal = await failure(send({ method: 'GET', url: 'http://127.0.0.1:9/' }));
  expect(refusal.message).toBe('127.0.0.1:9: connection refused; is the service running and the port right?');
});

test('an unknown name is said to be unknown', async () => {
  await using send = createHttpSend({ allowedOrigins: ['https://nowhere.invalid'] });
  const refusal = await failure(send({ method: 'GET', url: 'https://nowhere.invalid/' }));
  expect(refusal.message).toMatch(/^nowhere\.invalid:443: (the name is unknown to DNS|DNS does not answer)/);
});

test('an authority of the target file is trusted, and only with it', async () => {
  const { made, caCertificates } = certificateFiles();
  const server = createTlsServer({ cert: made.certificate, key: made.key }, (_, response) => response.end('ok'));
  const url = `https://localhost:${await listening(server)}`;
  await using send = createHttpSend({ allowedOrigins: [url], caCertificates });
  expect((await send({ method: 'GET', url })).status).toBe(200);
  await using wary = createHttpSend({ allowedOrigins: [url] });
  expect((await failure(wary({ method: 'GET', url }))).message).toMatch(/the TLS certificate is not trusted; name its/);
});

test('a certificate for another name is called that', async () => {
  const { made, caCertificates } = certificateFiles();
  const server = createTlsServer({ cert: made.certificate, key: made.key }, (_, response) => response.end('ok'));
  await listening(server);
  const address = `https://127.0.0.2:${await createRelay(server)}`;
  await using send = createHttpSend({ allowedOrigins: [address], caCertificates });
  const refusal = await failure(send({ method: 'GET', url: address }));
  expect(refusal.message).toMatch(/^127\.0\.0\.2:\d+: the TLS certificate is for other names/);
});

/** The same server under an address its certificate does not name. */
async function createRelay(server: Server): Promise<number> {
  const relay = createTcpServer((near) => {
    const far = connect((server.address() as AddressInfo).port, '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await once(relay.listen(0, '127.0.0.2'), 'listening');
  onTestFinished(() => void relay.close());
  return (relay.address() as AddressInfo).port;
}

test('requests go through the proxy of the target, encrypted end to end', async () => {
  const { made, caCertificates } = certificateFiles();
  const server = createTlsServer({ cert: made.certificate, key: made.key }, (_, response) => response.end('behind it'));
  const url = `https://localhost:${await listening(server)}`;
  const through: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request: IncomingMessage, near) => {
    through.push(request.url ?? '');
    const far = connect(Number(new URL(url).port), '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  const proxyUrl = `http://127.0.0.1:${await listening(proxy)}`;
  await using send = createHttpSend({ allowedOrigins: [url], proxyUrl, caCertificates });
  expect((await send({ method: 'GET', url: `${url}/` })).text()).toBe('behind it');
  expect(through).toEqual([new URL(url).host]);
});

test('requests can leave from another address of this machine', async () => {
  const from: (string | undefined)[] = [];
  const url = await http(noting((request) => from.push(request.socket.remoteAddress)));
  await using send = createHttpSend({ allowedOrigins: [url], localAddress: '127.0.7.7' });
  await send({ method: 'GET', url: `${url}/` });
  expect(from).toEqual(['127.0.7.7']);
});
