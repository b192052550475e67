import { expect, test } from 'vitest';
import type { AlterableAnswer, Circumstances, HttpDefect } from './defect.ts';
import { changingTimelines, doubling, leakingSentInto, leakingSentIntoTimelines } from './event-defects.ts';

const answer = (json: unknown): AlterableAnswer => ({ status: 200, headers: {}, json, durationMs: 1 });

const seen = (path: string, earlier: readonly AlterableAnswer[] = []): Circumstances => ({
  method: 'GET',
  path,
  query: '',
  requestJson: undefined,
  hasToken: true,
  earlier,
});

const syncWith = (...ids: string[]) => ({
  rooms: { join: { '!r': { timeline: { events: ids.map((event_id) => ({ event_id })) } } } },
});

const altered = ({ alter }: HttpDefect, json: unknown, at: Circumstances): unknown => alter(answer(json), at).json;

test('every timeline of joined rooms is changed', () => {
  expect(changingTimelines(doubling)(answer(syncWith('$1')), seen('/sync')).json).toEqual(syncWith('$1', '$1'));
});

test('what was sent before leaks into the list, without doubling what is there', () => {
  const defect = leakingSentInto(['chunk'], /\/messages$/);
  const sent = [answer({ event_id: '$1' }), answer({ event_id: '$2' })];
  const got = altered(defect, { chunk: [{ event_id: '$2' }] }, seen('/rooms/r/messages', sent));
  expect(got).toEqual({ chunk: [{ event_id: '$2' }, { event_id: '$1' }] });
});

test('the answer to sending stays as it is', () => {
  const sent = { event_id: '$1' };
  expect(altered(leakingSentInto(['chunk'], /\/messages$/), sent, seen('/rooms/r/send/t/1'))).toEqual(sent);
  expect(altered(leakingSentIntoTimelines, sent, seen('/rooms/r/send/t/1'))).toEqual(sent);
});

test('what was sent before leaks into timelines', () => {
  const got = altered(leakingSentIntoTimelines, syncWith(), seen('/v3/sync', [answer({ event_id: '$1' })]));
  expect(got).toEqual(syncWith('$1'));
});
