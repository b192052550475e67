import { expect, test } from 'vitest';
import type { RecordBatch, Sender } from '../scenarios/collector-protocol.ts';
import type { LoadPlan } from '../scenarios/load-plan.ts';
import { type CollectorServer, startCollectorServer } from './collector-server.ts';

const key = 'the-key';
const here = { host: '127.0.0.1', port: 0 };
const plan: LoadPlan = {
  ...{ baseUrl: 'https://hs1', runTag: 'aaaaaa', process: 1, measuringFromMs: 0, firstUser: 0, users: 0 },
  ...{ usersPerVu: 1, rampMs: 0, durationMs: 0, drainMs: 0, lagEveryMs: 50, endSpreadMs: 0 },
};
const batch: RecordBatch = { process: 1, instance: 'pod', vu: 1, sequence: 0, records: [] };

/** A collection that takes process 1 only, behind a server. */
function openedBy(server: CollectorServer): { readonly entered: RecordBatch[]; readonly begun: Sender[] } {
  const entered: RecordBatch[] = [];
  const begun: Sender[] = [];
  server.open({
    inputs: new Map([[1, { plan, users: [] }]]),
    collection: {
      begin: (sender) => {
        begun.push(sender);
        return sender.process === 1 ? 5_000 : undefined;
      },
      enter: (one) => entered.push(one) > 0 && one.process === 1,
    },
  });
  return { entered, begun };
}

async function ask(server: CollectorServer, path: string, init: RequestInit = {}, bearer = key) {
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers, ...init });
  return [answer.status, await answer.json()];
}

const post = (server: CollectorServer, path: string, data: unknown) =>
  ask(server, path, { method: 'POST', body: typeof data === 'string' ? data : JSON.stringify(data) });

test('before everything is prepared it is alive, and whoever asks is told to wait', async () => {
  await using server = await startCollectorServer(here, key);
  expect(await ask(server, '/alive', {}, 'none')).toEqual([200, {}]);
  expect(await ask(server, '/runners/1/plan')).toEqual([503, {}]);
});

test.each(['/runners/1/users', '/begin', '/records', '/', '/nothing'])(
  'without the key %s answers nothing',
  async (path) => {
    await using server = await startCollectorServer(here, key);
    const { entered, begun } = openedBy(server);
    for (const bearer of ['', 'the-ke', 'the-key2']) {
      expect(await ask(server, path, {}, bearer)).toEqual([401, {}]);
      expect(await ask(server, path, { method: 'POST', body: JSON.stringify(batch) }, bearer)).toEqual([401, {}]);
    }
    expect([entered, begun]).toEqual([[], []]);
  },
);

test('each process gets its own part and no other', async () => {
  await using server = await startCollectorServer(here, key);
  openedBy(server);
  expect(await ask(server, '/runners/1/plan')).toEqual([200, plan]);
  expect(await ask(server, '/runners/1/users')).toEqual([200, []]);
  expect(await ask(server, '/runners/2/plan')).toEqual([404, {}]);
  expect(await ask(server, '/runners/1/other')).toEqual([404, {}]);
});

test('what the collection refuses is answered so that the process stops', async () => {
  await using server = await startCollectorServer(here, key);
  const { entered } = openedBy(server);
  expect(await post(server, '/begin', batch)).toEqual([200, { measuringFromMs: 5_000 }]);
  expect(await post(server, '/begin', { ...batch, process: 2 })).toEqual([409, {}]);
  expect(await post(server, '/records', batch)).toEqual([200, {}]);
  expect(await post(server, '/records', { ...batch, process: 2 })).toEqual([409, {}]);
  expect(entered).toHaveLength(2);
});

test.each(['{"process":1', '[]', '{"process":1}'])('%s is refused as no batch', async (body) => {
  await using server = await startCollectorServer(here, key);
  const { entered } = openedBy(server);
  expect(await post(server, '/records', body)).toEqual([400, {}]);
  expect(entered).toEqual([]);
});

test('an address that is taken is told in one line', async () => {
  await using server = await startCollectorServer(here, key);
  const again = startCollectorServer({ ...here, port: server.port }, key);
  await expect(again).rejects.toMatchObject({ code: 'portInUse', message: expect.stringMatching(/cannot listen on/) });
});
