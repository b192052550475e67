import { expect, test } from 'vitest';
import { endedEarly, type StartedProcess } from './processes.ts';

const failure = (log: string) => endedEarly({ name: 'Synapse', log: () => log } as StartedProcess);
const ended = (log: string) => failure(log).code;

test.each([
  ['OSError: [Errno 98] Address already in use'],
  ['Error: listen EADDRINUSE: address already in use 127.0.0.1:8460'],
  ['synapse.app._base.ListenerException: Failed to listen on TCP port (8452) with the given listener config: …'],
])('%s: a port was taken meanwhile', (lines) => {
  expect(ended(lines)).toBe('portInUse');
});

test('anything else is no matter of ports', () => {
  expect(ended('ConfigError: Missing mandatory `server_name` config option.')).toBe('deploymentFailed');
});

test('a long traceback does not hide the taken port', () => {
  const traceback = Array.from({ length: 60 }, (_line, index) => `  File "synapse/app/_base.py", line ${index}`);
  const log = ['CannotListenError: [Errno 98] Address already in use.', ...traceback, '****', ''].join('\n');
  expect(ended(log)).toBe('portInUse');
  expect(failure(log).message).not.toContain('line 0');
});
