import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../core/http/http.ts';
import { type Death, dyingAt, isTo, type Moment } from './death.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' };
const upload = { method: 'POST', url: 'https://example.org/_matrix/client/v3/keys/upload' };
const query = { method: 'POST', url: 'https://example.org/_matrix/client/v3/keys/query' };

const speaking = (death: Death) => {
  const arrived: HttpRequest[] = [];
  const send = death.between(async (request) => {
    arrived.push(request);
    return answer;
  });
  return { send, arrived };
};

const isAnswered = async (answering: Promise<unknown>) =>
  Promise.race([answering.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

describe('dyingAt', () => {
  it.each<[Moment, boolean, boolean]>([
    ['beforeArrival', false, false],
    ['beforeAnswer', true, false],
    ['afterAnswer', true, true],
  ])('%s: arrived %s, answered %s', async (moment, isArrived, hasAnswer) => {
    const death = dyingAt({ moment, isLast: isTo('/keys/upload') });
    const { send, arrived } = speaking(death);
    expect((await send(query)).status).toBe(200);
    expect(await isAnswered(send(upload))).toBe(hasAnswer);
    expect(arrived.includes(upload)).toBe(isArrived);
    expect(await death.waitForEnd()).toBe(true);
    expect(await isAnswered(send(query))).toBe(false);
  });

  it('lets the next life speak and keeps what both said', async () => {
    const death = dyingAt({ moment: 'beforeAnswer', isLast: isTo('/keys/upload'), isLater: true });
    const first = speaking(death);
    expect((await first.send(upload)).status).toBe(200);
    death.begin();
    void first.send(upload);
    expect(await death.waitForEnd()).toBe(true);
    const second = speaking(death);
    expect((await second.send(upload)).status).toBe(200);
    expect(await death.waitForRepetition()).toBe(true);
    expect(death.said.map(({ life, status }) => [life, status])).toEqual([
      [1, 200],
      [2, 200],
    ]);
  });
});
