import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../core/http/http.ts';
import { outcomeOf } from '../../core/model/outcome.ts';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { type ConformanceCheck, conformanceCheck } from '../lib/conformance-check.ts';
import { setting } from '../lib/defect.ts';
import { valueAt } from '../lib/json.ts';
import { expectEqual, expectThat } from '../lib/match.ts';
import { type Scripted, scriptedSend, wireAnswer } from '../lib/testing.ts';
import type { Tools } from '../lib/tools.ts';
import { answerFrom, asRecorded } from './answers.ts';
import type { Recording } from './recording.ts';
import { type Answering, indexRecording } from './replay.ts';
import { replayCheck } from './replay-check.ts';
import { createTestBench, recordCheck, testMeta } from './testing.ts';

const whoami = '/_matrix/client/v3/account/whoami';
const alice = { user_id: '@alice:hs1.example', device_id: 'DEVICE', is_guest: false };

const checkThat = (run: (tools: Tools) => ReturnType<ConformanceCheck['run']>): ConformanceCheck =>
  conformanceCheck({
    meta: testMeta,
    counterexamples: [{ title: '', defect: { when: { path: whoami }, alter: setting([], {}) }, expectFinding: '' }],
    run,
  });

const record = (check: ConformanceCheck, ...answers: readonly Scripted[]) =>
  recordCheck(check, createTestBench(scriptedSend(...answers).send));

const replay = (check: ConformanceCheck, recording: Recording, answering: Answering = asRecorded()) =>
  replayCheck(check, indexRecording(recording), answering);

/** Another body at one place of the tape. */
const lying = (at: number, json: unknown): Answering => {
  const truth = asRecorded();
  return (played) =>
    played.index === at ? answerFrom({ ...played.entry.given, ...wireAnswer({ status: 200, json }) }) : truth(played);
};

const claim = { code: 'wrong', title: 'Falsch' };

const asksOnce = checkThat(async ({ request, user, random }) => {
  const session = await user('alice');
  const answer = await request('GET', whoami, { session, query: { nonce: random.word(8) } });
  const got = valueAt(answer.json, ['user_id']);
  return outcomeOf(expectEqual(answer, { wanted: session.userId, got }, claim), `${answer.durationMs} ms`);
});

const asksUntilGuest = checkThat(async ({ request, poll, now }) => {
  const startedAt = now();
  const answer = await poll({
    ask: () => request('GET', whoami),
    until: ({ json }) => valueAt(json, ['is_guest']) === true,
    deadlineMs: 5_000,
  });
  const isGuest = valueAt(answer.json, ['is_guest']) === true;
  return outcomeOf(
    expectThat(answer, isGuest, { ...claim, expected: 'Gast', observed: `keiner nach ${now() - startedAt} ms` }),
    'Gast',
  );
});

describe('a replay', () => {
  test('concludes what was concluded live, to the last word', async () => {
    const recording = await record(asksOnce, { status: 200, json: alice });
    expect(recording.outcome.kind).toBe('passed');
    expect(await replay(asksOnce, recording)).toEqual(recording.outcome);
  });

  test('takes as long as it took, without waiting', async () => {
    const clock = createFakeClock(1_000);
    const slow = async () => {
      clock.advance(40_000);
      return wireAnswer({ status: 200, json: alice });
    };
    const recording = await recordCheck(asksOnce, createTestBench(slow), clock);
    expect(recording.outcome).toMatchObject({ observed: '40000 ms' });
    expect(await replay(asksOnce, recording)).toEqual(recording.outcome);
  });

  test('shows a lie to the check', async () => {
    const recording = await record(asksOnce, { status: 200, json: alice });
    const lie = { ...alice, user_id: '@eve:hs1.example' };
    expect(await replay(asksOnce, recording, lying(0, lie))).toMatchObject({ kind: 'failed' });
  });

  test('gives the n-th answer to the n-th equal request', async () => {
    const clock = createFakeClock();
    const { send } = scriptedSend({ status: 200, json: alice }, { status: 200, json: { ...alice, is_guest: true } });
    const ticking = async (request: HttpRequest) => {
      setImmediate(() => clock.advance(100));
      return send(request);
    };
    const recording = await recordCheck(asksUntilGuest, createTestBench(ticking), clock);
    expect(recording.exchanges).toHaveLength(2);
    expect(await replay(asksUntilGuest, recording)).toEqual(recording.outcome);
  });

  test('gives the last answer for ever and lets the time pass to the deadline', async () => {
    const recording = await record(asksUntilGuest, { status: 200, json: { ...alice, is_guest: true } });
    const found = await replay(asksUntilGuest, recording, lying(0, alice));
    expect(found).toMatchObject({ findings: [{ observed: expect.stringMatching(/^keiner nach 5\d\d\d ms$/) }] });
  });

  test('leaves open what the recording does not have, but for what was found before', async () => {
    const asksForIt = checkThat(async ({ request }) => {
      const first = await request('GET', whoami);
      const userId = String(valueAt(first.json, ['user_id']));
      await request('GET', '/_matrix/client/v3/profile/{userId}', { params: { userId } });
      return outcomeOf([], '');
    });
    const recording = await record(asksForIt, { status: 200, json: alice }, { status: 200, json: {} });
    const other = await replay(asksForIt, recording, lying(0, { ...alice, user_id: '@eve:hs1.example' }));
    expect(other).toMatchObject({ kind: 'inconclusive' });
    const broken = await replay(asksForIt, recording, lying(0, { user_id: 'eve' }));
    expect(broken).toMatchObject({ kind: 'failed', findings: [{ code: 'schema-violation' }] });
  });

  test('ends when the check goes on for ever', async () => {
    const follows = checkThat(async ({ request }) => {
      for (let next: unknown = 'first'; next !== undefined; ) {
        next = valueAt((await request('GET', '/_matrix/client/v3/publicRooms')).json, ['next_batch']);
      }
      return outcomeOf([], '');
    });
    const page = { chunk: [], total_room_count_estimate: 0 };
    const recording = await record(follows, { status: 200, json: page });
    const found = await replay(follows, recording, lying(0, { ...page, next_batch: 'again' }));
    expect(found).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining('kein Ende') });
  });

  test('ends when the check waits for something the recording cannot give', async () => {
    const never = checkThat(() => new Promise(() => {}));
    const recording: Recording = { ...(await record(asksOnce, { status: 200, json: alice })), exchanges: [] };
    await expect(replay(never, recording)).rejects.toThrow('outside the replay');
  });
});

test('beyond the recording a sync has nothing new and waits as long as it is told', async () => {
  const waits = checkThat(async ({ user, waitForSync, now }) => {
    const session = await user('alice');
    const startedAt = now();
    const end = await waitForSync(session, {
      until: (json) => valueAt(json, ['account_data']) !== undefined,
      deadlineMs: 8_000,
    });
    return outcomeOf(
      expectThat(end.last, end.reached, { ...claim, expected: '', observed: `${now() - startedAt} ms` }),
      'told',
    );
  });
  const quiet = { next_batch: 's1', device_one_time_keys_count: {}, device_unused_fallback_key_types: [] };
  const recording = await record(waits, { status: 200, json: { ...quiet, account_data: { events: [] } } });
  expect(recording.outcome).toEqual({ kind: 'passed', observed: 'told' });
  const found = await replay(waits, recording, lying(0, quiet));
  expect(found).toMatchObject({ findings: [{ code: 'wrong', observed: '8000 ms' }] });
});
