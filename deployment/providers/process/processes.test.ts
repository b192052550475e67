import { expect, test } from 'vitest';
import { endedEarly, type StartedProcess } from './processes.ts';

const ended = (lines: string) => endedEarly({ name: 'Synapse', lastLines: () => lines } as StartedProcess).code;

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
