import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { countEvents, hasEvent, timelineOf, waitForSync } from './sync.ts';
import type { Request } from './transport.ts';

const session = { userId: '@alice:hs1', deviceId: 'A', accessToken: 'x' };

/** A homeserver whose poll takes as long as asked for; the n-th answer carries the number n. */
function pollingServer() {
  let time = 0;
  const asked: unknown[] = [];
  const request: Request = async (method, template, { query } = {}) => {
    asked.push(query);
    time += Number(query?.['timeout']);
    const json = { next_batch: `s${asked.length}`, number: asked.length };
    const answer: Answer = {
      method,
      template,
      path: template,
      status: 200,
      headers: {},
      json,
      text: '',
      durationMs: 0,
      bytes: new Uint8Array(),
    };
    return answer;
  };
  return { parts: { request, now: () => time }, asked };
}

test('polls on from each answer until the condition holds', async () => {
  const { parts, asked } = pollingServer();
  const until = (json: unknown) => (json as { number: number }).number === 3;
  const end = await waitForSync(parts, session, { since: 's0', until, deadlineMs: 60_000 });
  expect(end).toMatchObject({ reached: true, nextBatch: 's3' });
  expect(asked).toEqual(['s0', 's1', 's2'].map((since) => ({ timeout: '5000', since })));
});

test('gives up at the deadline and says so', async () => {
  const { parts, asked } = pollingServer();
  const end = await waitForSync(parts, session, { until: () => false, deadlineMs: 7_000 });
  expect(end.reached).toBe(false);
  expect(end.answers).toHaveLength(2);
  expect(asked).toEqual([{ timeout: expect.stringMatching(/^5\d{3}$/) }, { timeout: '2000', since: 's1' }]);
});

test('finds and counts events of a room', () => {
  const events = [{ event_id: '$a' }, { event_id: '$b' }, { event_id: '$a' }];
  const sync = { rooms: { join: { '!r:hs1': { timeline: { events } } } } };
  expect(timelineOf(sync, '!r:hs1')).toEqual(events);
  expect(timelineOf(sync, '!other:hs1')).toEqual([]);
  expect([countEvents(events, '$a'), hasEvent(events, '$c')]).toEqual([2, false]);
});
