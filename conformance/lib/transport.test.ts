import { expect, test } from 'vitest';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import type { HttpDefect } from './defect.ts';
import { setting } from './defect.ts';
import { type Scripted, scriptedSend } from './testing.ts';
import { createTransport, encodedPath } from './transport.ts';

function open(answers: readonly Scripted[], defect?: HttpDefect) {
  const { send, requests } = scriptedSend(...answers);
  const transport = createTransport({
    send,
    baseUrl: 'https://hs1.example',
    clock: createFakeClock(),
    signal: new AbortController().signal,
    ...(defect && { defect }),
  });
  return { ...transport, requests };
}

const whoami = '/_matrix/client/v3/account/whoami';
const html = { 'content-type': 'text/html' };
const good: Scripted = { status: 200, json: { user_id: '@alice:hs1.example' } };

test('parameters are encoded, everything else is sent as written', () => {
  expect(encodedPath('/a/{b}/%2e%2e//c', { b: '!x/y#z:hs1' })).toBe('/a/!x%2Fy%23z%3Ahs1/%2e%2e//c');
  expect(encodedPath('/a/{b}', {})).toBe('/a/{b}');
});

test('a request carries token, query and JSON body', async () => {
  const { request, requests } = open([good]);
  const session = { accessToken: 'abc' };
  await request('POST', '/a/{b}', { params: { b: 'c d' }, query: { x: 'ü' }, body: { y: 1 }, session });
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: 'https://hs1.example/a/c%20d?x=%C3%BC',
    headers: { authorization: 'Bearer abc', 'content-type': 'application/json' },
    body: '{"y":1}',
  });
});

test('text is sent as it is and nothing without a body', async () => {
  const { request, requests } = open([good]);
  await request('POST', '/a', { body: '{"broken' });
  await request('GET', '/a');
  expect(requests.map(({ body }) => body)).toEqual(['{"broken', undefined]);
});

test('bytes are sent as they are, and a wish for another machine is passed on', async () => {
  const { request, requests } = open([good]);
  await request('POST', '/a', { body: Uint8Array.of(0xff), fromNewMachine: true });
  await request('POST', '/a', { body: {} });
  expect(requests[0]).toMatchObject({ body: Uint8Array.of(0xff), fromNewMachine: true });
  expect(requests[1]).not.toHaveProperty('fromNewMachine');
});

test('an answer that fits its schema is counted and finds nothing', async () => {
  const { request, ledger } = open([good]);
  await request('GET', whoami);
  expect([ledger.validated, ledger.findings]).toEqual([1, []]);
});

test('an answer that does not fit its schema is a finding, once for the same place', async () => {
  const { request, ledger } = open([{ status: 200, json: { user_id: 42 } }]);
  await request('GET', whoami);
  await request('GET', whoami);
  expect(ledger.findings).toMatchObject([{ code: 'schema-violation', where: `GET ${whoami} → 200` }]);
  expect(ledger.findings[0]?.observed).toContain('/user_id');
});

test('errors of unknown paths must have the standard form', async () => {
  const { request, ledger } = open([{ status: 404, text: '<html>', headers: html }]);
  await request('GET', '/_matrix/client/v3/unknown');
  expect(ledger.findings).toMatchObject([{ code: 'schema-violation' }]);
});

test('answers beyond the specification are not counted', async () => {
  const { request, ledger } = open([{ status: 404, text: '<html>' }]);
  await request('GET', '/metrics');
  expect([ledger.validated, ledger.findings]).toEqual([0, []]);
});

test('an inner error of the server is a finding', async () => {
  const { request, ledger } = open([{ status: 500, json: { errcode: 'M_UNKNOWN', error: 'Internal server error' } }]);
  await request('GET', whoami);
  expect(ledger.findings).toMatchObject([{ code: 'server-error', observed: 'Status 500' }]);
});

test('so is one of whatever stands before it, but not an error that tells of a server behind', async () => {
  const { request, ledger } = open([
    { status: 502, json: { errcode: 'M_UNKNOWN', error: 'Failed to contact the other server' } },
    { status: 502, text: '<html>Bad Gateway</html>', headers: html },
  ]);
  await request('GET', whoami);
  expect(ledger.findings).toEqual([]);
  await request('GET', whoami);
  expect(ledger.findings).toMatchObject([{ code: 'server-error', observed: 'Status 502' }]);
});

test('a defect is seen by the check, the ledger and the record alike', async () => {
  const { request, ledger, exchanges } = open([good], { when: { path: whoami }, alter: setting(['user_id'], 1) });
  const answer = await request('GET', whoami);
  expect(answer.json).toEqual({ user_id: 1 });
  expect(ledger.findings).toHaveLength(1);
  expect(exchanges[0]?.answer).toMatchObject({ status: 200, body: { user_id: 1 } });
});

test('tokens do not reach the record', async () => {
  const { request, exchanges } = open([good]);
  await request('GET', whoami, { session: { accessToken: 'geheim' } });
  expect(JSON.stringify(exchanges)).not.toContain('geheim');
});

test('who asks for the limit itself gets its answer, altered when a defect is about limits', async () => {
  const limited: Scripted = { status: 429, json: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 10 } };
  const when = { path: whoami, limits: true } as const;
  const { request } = open([limited], { when, alter: setting(['errcode'], 'M_UNKNOWN') });
  const answer = await request('GET', whoami, { waitsForLimits: false });
  expect(answer).toMatchObject({ status: 429, json: { errcode: 'M_UNKNOWN' } });
});
