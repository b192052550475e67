import { expect, test, vi } from 'vitest';

test('what the library says past its own log stays away from the console when a family is loaded', async () => {
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
  await import('../../encryption/family.ts');
  const { EventTimelineSet, MatrixEvent } = await import('matrix-js-sdk');
  const timelines = new EventTimelineSet(undefined, {}, undefined);
  const event = new MatrixEvent({ event_id: '$a', type: 'm.room.message', content: {} });
  timelines.addEventToTimeline(event, timelines.getLiveTimeline(), { toStartOfTimeline: false, addToState: false });
  timelines.addLiveEvent(event, { addToState: false });
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
