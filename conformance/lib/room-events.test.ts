import { expect, test } from 'vitest';
import { idsAmong, numbersOf } from './room-events.ts';

const events = [{ event_id: '$2' }, { type: 'm.typing' }, { event_id: '$1' }, { event_id: '$2' }];

test('ids come in the order and as often as they occur, others not', () => {
  expect(idsAmong(events, ['$1', '$2', '$3'])).toEqual(['$2', '$1', '$2']);
  expect(idsAmong(events, ['$1'])).toEqual(['$1']);
});

test('numbers count from one; a stranger is none', () => {
  expect(numbersOf(['$b', '$a', '$x'], ['$a', '$b'])).toEqual([2, 1, 0]);
});
