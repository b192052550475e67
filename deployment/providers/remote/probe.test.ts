import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { RigError } from '../../../core/model/rig-error.ts';
import { textIn } from '../../../core/model/text.ts';
import { UsageError } from '../../../core/model/usage-error.ts';
import { createHttpSend } from '../../http/send.ts';
import { probe } from './probe.ts';
import { logIn, verifyToken } from './session.ts';

const page = `<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>`;

/** A server of its own behind an address of a target file. */
async function behind(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const homeserverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = createHttpSend({ allowedOrigins: [homeserverUrl] });
  onTestFinished(async () => {
    await send[Symbol.asyncDispose]();
    server.close();
  });
  const permissions = {
    mayMutate: true,
    mayStress: { users: 0 },
    until: '2999-01-01T00:00:00Z',
    grantedBy: { name: 'A. Muster', role: 'IT', date: '2026-01-01' },
  };
  const file = { name: 'x', serverName: 'x.example', homeserverUrl, accounts: [], permissions };
  const alice = { userId: '@alice:x.example', password: 'geheim' };
  return { send, homeserverUrl, alice, source: { path: 'target.json', file, accounts: [alice] } };
}

async function linesOf(failing: Promise<unknown>): Promise<string[]> {
  const thrown = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof RigError)) throw new Error(`no RigError but ${thrown}`);
  return [textIn('de', thrown.text), textIn('en', thrown.text)];
}

test.each([
  [404, 'no Matrix homeserver', 'kein Matrix-Homeserver', 'correct "homeserverUrl" in target.json.'],
  [200, 'no Matrix homeserver', 'kein Matrix-Homeserver', 'correct "homeserverUrl" in target.json.'],
  [502, 'out of order', 'gestört', 'check that the homeserver runs and "homeserverUrl" in target.json is right.'],
])('a page with status %i in place of a homeserver is one line without the page', async (status, en, de, toDo) => {
  const { send, source, homeserverUrl } = await behind((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  const [german, english] = await linesOf(probe(send, source));
  const said = `(GET /_matrix/client/versions → Status ${status}, text/html)`;
  expect(english).toBe(`${homeserverUrl} is ${en} ${said}: ${toDo}`);
  expect(german).toContain(`${homeserverUrl} ist ${de} ${said}: `);
  expect(german).toContain('„homeserverUrl“ in target.json');
});

test('a homeserver that tells another name than the target file is refused before anybody logs in', async () => {
  const names = ['other.example', 'x.example'];
  const { send, source } = await behind((request, response) => {
    const body = request.url === '/_matrix/key/v2/server' ? { server_name: names.shift() } : { versions: ['v1.11'] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const failure = await probe(send, source).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(UsageError);
  expect((failure as UsageError).text).toEqual({
    de: 'In target.json steht x.example, das Ziel selbst nennt other.example: „serverName“ berichtigen.',
    en: 'target.json says x.example, the target itself says other.example: correct "serverName".',
  });
  expect(await probe(send, source)).toEqual({ offersPasswordLogin: false });
});

test('JSON of something that is no homeserver is not taken for one', async () => {
  const { send, source } = await behind((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  });
  const [, english] = await linesOf(probe(send, source));
  expect(english).toContain('is no Matrix homeserver (GET /_matrix/client/versions → Status 200, application/json)');
});

test('an edge that shows a page in place of the ways to log in leaves accounts with tokens', async () => {
  const { send, source } = await behind((request, response) => {
    const known = request.url === '/_matrix/client/versions';
    response.writeHead(known ? 200 : 403, { 'content-type': known ? 'application/json' : 'text/html' });
    response.end(known ? '{"versions":["v1.11"]}' : page);
  });
  expect(await probe(send, source)).toEqual({ offersPasswordLogin: false });
});

test('a login under the name of another server is ended at once and told with both names', async () => {
  const asked: string[] = [];
  const { send, source, alice, homeserverUrl } = await behind((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? ''}`);
    const session = { user_id: '@alice:other.example', device_id: 'D', access_token: 'token' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(session));
  });
  const [german, english] = await linesOf(logIn({ source, connection: { send, homeserverUrl } }, alice, 'device'));
  expect(english).toBe(
    'target.json says x.example, the target itself says @alice:other.example: correct "serverName".',
  );
  expect(german).toContain('In target.json steht x.example, das Ziel selbst nennt @alice:other.example');
  expect(asked).toEqual(['/_matrix/client/v3/login ', '/_matrix/client/v3/logout Bearer token']);
});

test('a page in answer to a login is one line without the page', async () => {
  const { send, source, alice, homeserverUrl } = await behind((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  const lines = await linesOf(logIn({ source, connection: { send, homeserverUrl } }, alice, 'device'));
  for (const line of lines)
    expect(line).toMatch(/@alice:x\.example .*\(Status 200, text\/html\).*target\.json[^<\n]*$/);
});

test.each([
  [401, 'does not accept the access token of @bob:x.example', '/accounts/0/accessToken'],
  [502, 'is out of order (GET /_matrix/client/v3/account/whoami → Status 502, text/html)', '"homeserverUrl"'],
])('status %i in answer to a token is told as what it is', async (status, what, key) => {
  const { send, source, homeserverUrl } = await behind((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(page);
  });
  const bob = { userId: '@bob:x.example', accessToken: 'geheim', deviceId: 'D' };
  const connection = { send, homeserverUrl };
  const [, english] = await linesOf(verifyToken({ source: { ...source, accounts: [bob] }, connection }, bob));
  expect(english).toContain(what);
  expect(english).toContain(`${key} in target.json`);
});
