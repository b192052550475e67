import { expect, test } from 'vitest';
import { stateDifference, stateSet } from './state-sets.ts';

const topic = (event_id: string) => ({ type: 'm.room.topic', state_key: '', event_id });

test('the later event of a type and key holds', () => {
  expect(stateSet([topic('$1'), topic('$2')])).toEqual({ 'm.room.topic ': expect.stringContaining('$2') });
});

test('messages are no state', () => {
  expect(stateSet([{ type: 'm.room.message', event_id: '$1' }])).toEqual({});
});

test('what is missing, further or other differs', () => {
  expect(stateDifference({ a: '1', b: '1' }, { b: '2', c: '1' })).toEqual(['a', 'b', 'c']);
  expect(stateDifference({ a: '1' }, { a: '1' })).toEqual([]);
});
