import { errors } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { RigError } from '../../core/model/rig-error.ts';
import { createStep } from './client-steps.ts';

const late = () => Promise.reject(new errors.TimeoutError('page.goto: Timeout 30000ms exceeded.\n  waiting for login'));

function stepWith(more: { troubles?: unknown[]; aborted?: boolean } = {}) {
  const { troubles = [], aborted = false } = more;
  const onFailed = vi.fn(async () => {});
  const step = createStep({ person: 'bob', client: 'Element', signal: { aborted }, troubles, onFailed });
  return { step, onFailed };
}

test('a client that never shows its login is a fault of the bench that names the step, after a picture was kept', async () => {
  const { step, onFailed } = stepWith();
  await expect(step('openLogin', late)).rejects.toMatchObject({
    code: 'targetRefused',
    text: {
      de: 'Der Web-Client von bob (Element) kam bei „Anmeldeseite öffnen“ nicht innerhalb der Frist weiter: page.goto: Timeout 30000ms exceeded. – waiting for login',
    },
  });
  expect(onFailed).toHaveBeenCalledExactlyOnceWith('nach „Anmeldeseite öffnen“');
});

test('that the target did not answer explains the step better', async () => {
  const troubles: unknown[] = [];
  const { step } = stepWith({ troubles });
  const unreachable = new RigError('targetUnreachable', 'nobody answers');
  const work = () => {
    troubles.push(unreachable);
    return late();
  };
  await expect(step('logIn', work)).rejects.toBe(unreachable);
});

test('a step that is stopped with the check is no fault of the client', async () => {
  const { step, onFailed } = stepWith({ aborted: true });
  await expect(step('send', () => Promise.reject(new Error('Target closed')))).rejects.toMatchObject({
    code: 'interrupted',
  });
  expect(onFailed).not.toHaveBeenCalled();
});

test('a mistake in a driver stays what it is', async () => {
  const { step } = stepWith();
  await expect(step('send', () => Promise.reject(new TypeError('no such thing')))).rejects.toThrow(TypeError);
});
