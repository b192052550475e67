import { expect, test } from 'vitest';
import type { Sink, SinkRequest, Surroundings } from '../../core/model/surroundings.ts';
import { type ArrivalDefect, losing, repeating, rewriting, withArrivalDefect } from './arrival-defect.ts';

const came = (path: string): SinkRequest => ({ method: 'PUT', path, query: {}, headers: {}, json: { path } });
const requests = [came('/kept'), came('/altered')];

const sink: Sink = {
  url: 'http://sink',
  received: requests,
  waitFor: async (fits) => requests.find(fits),
  answering: () => ({ [Symbol.dispose]: () => {} }),
};

const seen = async (defect: ArrivalDefect) => {
  const around = { pushGateway: sink, openServer: async () => sink } as unknown as Surroundings;
  const { pushGateway, openServer } = withArrivalDefect(around, defect);
  const opened = await openServer();
  expect(opened.received).toEqual(pushGateway.received);
  const found = await opened.waitFor(({ path }) => path === '/altered');
  return { url: opened.url, received: pushGateway.received.map(({ json }) => json), found: found?.json };
};

test('requests get lost, come twice or say something else, others pass as they are', async () => {
  const [kept, altered] = [{ path: '/kept' }, { path: '/altered' }];
  expect(await seen(losing(/altered/))).toEqual({ url: sink.url, received: [kept], found: undefined });
  expect(await seen(repeating(/altered/))).toEqual({
    url: sink.url,
    received: [kept, altered, altered],
    found: altered,
  });
  expect(await seen(rewriting(/altered/, () => 7))).toEqual({ url: sink.url, received: [kept, 7], found: 7 });
});
