import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { delayingDeliveries, losingDeliveries, refusing } from './disturbance.ts';

const answerWith = (body: object): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  bytes: new Uint8Array(),
  text: () => JSON.stringify(body),
});

const sync = { method: 'GET', url: 'https://example.org/_matrix/client/v3/sync?since=1' };

const bringing = (...events: readonly string[]) => answerWith({ next_batch: '2', to_device: { events } });

const eventsOf = (answer: HttpAnswer) => JSON.parse(answer.text()).to_device.events;

describe('losingDeliveries', () => {
  it('loses the first answers that bring something, once begun', async () => {
    const loss = losingDeliveries(1);
    const send = loss.between(async () => bringing('key'));
    expect((await send(sync)).status).toBe(200);
    loss.begin();
    expect((await send(sync)).status).toBe(502);
    expect(eventsOf(await send(sync))).toEqual(['key']);
    expect(loss.count()).toBe(1);
  });

  it('leaves answers that bring nothing', async () => {
    const loss = losingDeliveries(1);
    loss.begin();
    expect((await loss.between(async () => bringing())(sync)).status).toBe(200);
  });
});

describe('delayingDeliveries', () => {
  it('brings what was held up, in order, when it has ended', async () => {
    const delay = delayingDeliveries();
    const answers = [bringing('first'), bringing('second'), bringing('third')];
    const send = delay.between(async () => answers.shift() ?? bringing());
    delay.begin();
    expect(eventsOf(await send(sync))).toEqual([]);
    expect(eventsOf(await send(sync))).toEqual([]);
    delay.end();
    expect(eventsOf(await send(sync))).toEqual(['first', 'second', 'third']);
    expect(eventsOf(await send(sync))).toEqual([]);
  });
});

describe('refusing', () => {
  it('refuses one kind of request between begin and end', async () => {
    const refusal = refusing('/keys/upload', { status: 400, body: { errcode: 'M_UNKNOWN' } });
    const send = refusal.between(async () => bringing());
    const upload = { method: 'POST', url: 'https://example.org/_matrix/client/v3/keys/upload' };
    refusal.begin();
    expect([(await send(upload)).status, (await send(sync)).status]).toEqual([400, 200]);
    refusal.end();
    expect((await send(upload)).status).toBe(200);
    expect(refusal.count()).toBe(1);
  });
});
