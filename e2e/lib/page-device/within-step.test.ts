import { expect, test } from 'vitest';
import { RigError } from '../../../core/model/rig-error.ts';
import { withinStep } from './within-step.ts';

const step = { person: 'alice', what: 'die Seite laden', deadlineMs: 30 };

test('what the work gives comes back', async () => {
  expect(await withinStep(step, async () => 7)).toBe(7);
});

test.each([
  ['a step that never ends', () => new Promise<never>(() => {}), /die Seite laden \(kein Ende nach 30 ms\)/],
  ['a step that fails', () => Promise.reject(new Error('net::ERR_FAILED\nCall log')), /laden \(net::ERR_FAILED\)/],
])('%s is told by its name', async (_name, work, message) => {
  await expect(withinStep(step, work)).rejects.toMatchObject({
    code: 'toolFailed',
    message: expect.stringMatching(message),
  });
});

test('trouble that already has its words keeps them', async () => {
  const trouble = new RigError('targetUnreachable', 'no answer');
  await expect(withinStep(step, () => Promise.reject(trouble))).rejects.toBe(trouble);
});
