import { logger as globalLogger } from 'matrix-js-sdk/lib/logger.js';
import { expect, test, vi } from 'vitest';
import { createSdkLog, silenceGlobalLog } from './log.ts';

test('warnings and errors are kept with their part of the library, the rest is not', () => {
  const { logger, lines } = createSdkLog();
  const child = logger.getChild('[Sync]');
  child.info('started');
  child.debug('detail');
  child.warn('slow', 3);
  child.error('failed', new TypeError('no answer'));
  expect(lines).toEqual(['warning [Sync] slow 3', 'error [Sync] failed TypeError: no answer']);
});

test('hidden text, tokens and objects stay out of the lines', () => {
  const { logger, lines, hide } = createSdkLog();
  hide('geheime Nachricht');
  logger.warn('could not send geheime Nachricht', { body: 'geheim' }, 'access_token=abc');
  expect(lines).toEqual(['warning could not send «text» «object» access_token «secret»']);
});

test('the global log says nothing once silenced, nor do its children', () => {
  const spies = (['warn', 'error', 'info', 'debug', 'trace'] as const).map((name) => vi.spyOn(console, name));
  silenceGlobalLog();
  globalLogger.warn('x');
  globalLogger.getChild('[New]').error('y');
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
