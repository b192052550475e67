import { request } from 'undici';
import { expect, test } from 'vitest';
import { openSink } from './sink.ts';

const ask = async (url: string, body?: unknown) => {
  const answer = await request(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.statusCode, json: await answer.body.json() };
};

test('keeps what it is asked and answers as usual', async () => {
  await using sink = await openSink(0, () => ({ status: 404, json: { errcode: 'M_NOT_FOUND' } }));
  expect(await ask(`${sink.url}/a%20b?c=d`, { e: 1 })).toEqual({ status: 404, json: { errcode: 'M_NOT_FOUND' } });
  expect(sink.received).toMatchObject([{ method: 'POST', path: '/a b', query: { c: 'd' }, json: { e: 1 } }]);
});

test('the answer told last wins until it is taken back', async () => {
  await using sink = await openSink(0, () => ({ status: 200 }));
  using _first = sink.answering(() => true, { status: 500 });
  {
    using _second = sink.answering(
      ({ path }) => path === '/x',
      ({ method }) => ({ status: 201, json: { method } }),
    );
    expect(await ask(`${sink.url}/x`)).toEqual({ status: 201, json: { method: 'GET' } });
    expect((await ask(`${sink.url}/y`)).status).toBe(500);
  }
  expect((await ask(`${sink.url}/x`)).status).toBe(500);
});

test('waits for a request that fits', async () => {
  await using sink = await openSink(0, () => ({ status: 200 }));
  const awaited = sink.waitFor(({ path }) => path === '/second');
  await ask(`${sink.url}/first`);
  await ask(`${sink.url}/second`);
  expect((await awaited)?.path).toBe('/second');
});

test('a request counts as received while it waits for its answer', async () => {
  await using sink = await openSink(0, () => ({ status: 404 }));
  const made = Promise.withResolvers<{ readonly status: number }>();
  using _waiting = sink.answering(
    () => true,
    () => made.promise,
  );
  const asking = ask(`${sink.url}/x`);
  expect((await sink.waitFor(({ path }) => path === '/x'))?.path).toBe('/x');
  made.resolve({ status: 201 });
  expect((await asking).status).toBe(201);
});

test('hangs up where it is told to', async () => {
  await using sink = await openSink(0, () => ({ status: 200 }));
  using _breaking = sink.answering(() => true, { status: 200, hangsUp: true });
  await expect(ask(`${sink.url}/x`)).rejects.toThrow();
  expect(sink.received).toHaveLength(1);
});
