import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { createRecorder } from './recorder.ts';

const answer = (
  text: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): HttpAnswer => ({
  status: 200,
  headers,
  bytes: new Uint8Array(text.length),
  text: () => text,
});

const request: HttpRequest = { method: 'GET', url: 'https://hs1.example/_matrix/client/versions' };

function recorderAnswering(reply: HttpAnswer | Error) {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  return createRecorder(async () => {
    clock.advance(25);
    if (reply instanceof Error) throw reply;
    return reply;
  }, clock);
}

describe('createRecorder', () => {
  it('hands on the answer as it came and keeps a redacted copy with its times', async () => {
    const recorder = recorderAnswering(answer('{"access_token":"geheim","device_id":"D"}'));
    const got = await recorder.send({
      ...request,
      headers: { authorization: 'Bearer geheim' },
      body: '{"password":"geheim"}',
    });
    expect(got.text()).toContain('geheim');
    expect(recorder.exchanges).toEqual([
      {
        at: '2026-11-23T09:00:00.000Z',
        durationMs: 25,
        request: { ...request, headers: { authorization: '«secret»' }, body: { password: '«secret, 6 characters»' } },
        answer: {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: { access_token: '«secret, 6 characters»', device_id: 'D' },
          sizeBytes: 41,
        },
      },
    ]);
  });

  it('keeps an exchange that failed, without the secret in its message, and throws on', async () => {
    const recorder = recorderAnswering(new Error('no answer from https://hs1/x?access_token=geheim\n  at fetch'));
    await expect(recorder.send(request)).rejects.toThrow('no answer');
    expect(recorder.exchanges[0]?.answer).toEqual({ error: 'no answer from https://hs1/x?access_token=«secret»' });
  });

  it('keeps of what is no text only its size', async () => {
    const recorder = recorderAnswering(answer('geheim', { 'content-type': 'image/png' }));
    await recorder.send({ ...request, body: new Uint8Array(7) });
    expect(recorder.exchanges[0]?.request.body).toBe('«7 bytes»');
    expect(recorder.exchanges[0]?.answer).toMatchObject({ body: '«6 bytes»' });
  });

  it('cuts a body that would swell the evidence, after redaction', async () => {
    const recorder = recorderAnswering(answer(JSON.stringify({ body: 'geheim', chunk: 'x'.repeat(200_000) })));
    await recorder.send(request);
    const [exchange] = recorder.exchanges;
    const stored = exchange && 'body' in exchange.answer ? String(exchange.answer.body) : '';
    expect(stored).toMatch(/^«cut» \{"body":"«text/);
    expect(stored).toHaveLength(100_006);
    expect(stored).not.toContain('geheim');
  });

  it('keeps no token that stands in the address', async () => {
    const recorder = recorderAnswering(answer('{}'));
    await recorder.send({ ...request, url: `${request.url}?access_token=geheim` });
    expect(recorder.exchanges[0]?.request.url).toBe(`${request.url}?access_token=«secret»`);
  });

  it('keeps exchanges in the order in which they ended', async () => {
    const recorder = recorderAnswering(answer('{}'));
    await recorder.send({ ...request, method: 'PUT' });
    await recorder.send(request);
    expect(recorder.exchanges.map((exchange) => exchange.request.method)).toEqual(['PUT', 'GET']);
  });
});
