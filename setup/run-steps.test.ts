import { expect, test } from 'vitest';
import { RigError } from '../core/model/rig-error.ts';
import { runSteps } from './run-steps.ts';
import type { SetupStep } from './steps/step.ts';

const noLock = { addProcess: () => {}, removeProcess: () => {}, release: () => {} };

function step(name: string, after: readonly string[], install: SetupStep['install']): SetupStep {
  return { name, title: name, optional: false, after, isReady: () => false, lacking: () => [], install };
}

function run(steps: readonly SetupStep[], signal = new AbortController().signal) {
  const events: string[] = [];
  const failed = runSteps({
    steps,
    language: 'en',
    progress: {
      begin: (name) => events.push(`${name} begins`),
      done: (name) => events.push(`${name} done`),
      failed: (name) => events.push(`${name} failed`),
    },
    taskFor: () => ({ logFile: '', environment: {}, signal, lock: noLock, say: () => {} }),
  });
  return { events, failed };
}

test('a step begins when those it waits for have ended, even badly', async () => {
  const steps = [
    step('synapse', ['system'], async () => {}),
    step('system', [], async () => {
      throw new RigError('toolMissing', { en: 'no root', de: 'kein root' });
    }),
  ];
  const { events, failed } = run(steps);
  expect((await failed).map(({ reason }) => reason)).toEqual(['no root']);
  expect(events).toEqual(['system begins', 'system failed', 'synapse begins', 'synapse done']);
});

test('steps that wait for nobody run side by side', async () => {
  const meeting = Promise.withResolvers<void>();
  const { failed } = run([step('a', [], () => meeting.promise), step('b', [], async () => meeting.resolve())]);
  expect(await failed).toEqual([]);
});

test('a step waits for nobody who is not set up this time', async () => {
  const { events, failed } = run([step('synapse', ['system'], async () => {})]);
  await failed;
  expect(events).toContain('synapse done');
});

test('steps that wait for each other are refused', async () => {
  const { failed } = run([step('a', ['b'], async () => {}), step('b', ['a'], async () => {})]);
  await expect(failed).rejects.toThrow('wait for each other: a, b');
});

test('after an interruption the end of every installer is waited for', async () => {
  const interruption = new AbortController();
  const ending = Promise.withResolvers<void>();
  const running = step('running', [], () => ending.promise);
  const interrupting = step('interrupting', [], async () => interruption.abort());
  const waiting = step('waiting', ['interrupting'], async () => {});
  const order: string[] = [];
  const told = run([running, interrupting, waiting], interruption.signal).failed.catch(() => order.push('told'));
  setImmediate(() => {
    order.push('last installer ended');
    ending.resolve();
  });
  await told;
  expect(order).toEqual(['last installer ended', 'told']);
});

test('an interruption is no failure of a step', async () => {
  const interruption = new AbortController();
  const interrupted = step('a', [], async () => interruption.abort());
  const next = step('b', ['a'], async () => {});
  await expect(run([interrupted, next], interruption.signal).failed).rejects.toThrow('abort');
});
