import { expect, test } from 'vitest';
import { RigError } from '../../../core/model/rig-error.ts';
import { callFor } from './call.ts';

const userId = '@alice:example.org';
const clock = { run: <T>(work: () => T): T => work() };
const never = () => new Promise<string>(() => {});

test('a call that comes to no end is told with its step', async () => {
  const call = callFor({ userId, troubles: [], clock, deadlineMs: 1 });
  await expect(call('sendEvent', never)).rejects.toMatchObject({
    code: 'targetRefused',
    message: 'The device of @alice:example.org did not see something in time: sendEvent.',
  });
});

test('it is told with why an answer is missing, where that is known', async () => {
  const trouble = new RigError('targetUnreachable', 'no answer from /keys/claim');
  const call = callFor({ userId, troubles: [trouble], clock, deadlineMs: 1 });
  await expect(call('sendEvent', never)).rejects.toBe(trouble);
});

test('a call within its time gives what the library gave', async () => {
  const call = callFor({ userId, troubles: [], clock, deadlineMs: 60_000 });
  expect(await call('createRoom', async () => 'done')).toBe('done');
});

test.each([new SyntaxError('Unexpected end of JSON input'), new Error('deserialization failed: EOF')])(
  'an answer that cannot be read is no defect of the bench: %s',
  async (thrown) => {
    const call = callFor({ userId, troubles: [], clock, deadlineMs: 60_000 });
    await expect(call('keys/claim', () => Promise.reject(thrown))).rejects.toMatchObject({
      code: 'answerUnreadable',
      message: `The device of ${userId} could not read an answer of the server: keys/claim (${thrown.message}).`,
    });
  },
);
