import { expect, test } from 'vitest';
import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import type { PollOptions } from './poll.ts';
import { syncedTo } from './settled-sync.ts';
import type { Request } from './transport.ts';

const session: Session = { userId: '@alice:example.org', deviceId: 'A', accessToken: 'token' };

/** A server that answers the same question with the same answer, taken when it was first asked. */
function keepingServer(settledAfter: number) {
  const kept = new Map<string, Answer>();
  let asked = 0;
  const request: Request = async (method, template, options = {}) => {
    asked += 1;
    const question = JSON.stringify(options.query);
    const json = { settled: asked > settledAfter };
    const bytes = new Uint8Array();
    const fresh = { method, template, path: template, status: 200, headers: {}, json, text: '', durationMs: 0, bytes };
    const answer = kept.get(question) ?? fresh;
    kept.set(question, answer);
    return answer;
  };
  return request;
}

async function poll({ ask, until }: PollOptions): Promise<Answer> {
  for (let turn = 0; turn < 10; turn += 1) {
    const answer = await ask();
    if (until(answer)) return answer;
  }
  throw new Error('it never settled');
}

test('an answer that was kept from an earlier question is not taken for the present', async () => {
  const until = (json: unknown) => JSON.stringify(json) === JSON.stringify({ settled: true });
  const answer = await syncedTo({ request: keepingServer(3), poll }, session, { since: 's1', until });
  expect(answer.json).toEqual({ settled: true });
});
