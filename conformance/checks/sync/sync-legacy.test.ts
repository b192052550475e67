import { expect, test } from 'vitest';
import { scriptedSend } from '../../lib/testing.ts';
import { createTestBench, recordCheck } from '../../replay/testing.ts';
import { createVirtualClock } from '../../replay/virtual-clock.ts';
import { check } from './sync-legacy.check.ts';

test('a first synchronisation that turns unreadable is a finding', async () => {
  const answers = [{ end: 's1' }, { room_id: '!raum:hs1.example' }, { event_id: `$${'E'.repeat(43)}` }];
  const readable = answers.map((json) => ({ status: 200, json }));
  const { send } = scriptedSend(...readable, { status: 200 });
  const clock = createVirtualClock(0);
  const { outcome } = await clock.passUntil(recordCheck(check, createTestBench(send), clock));
  expect(outcome).toMatchObject({ kind: 'failed' });
});
