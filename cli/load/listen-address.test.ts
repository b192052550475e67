import { expect, test } from 'vitest';
import { listenAddress } from './listen-address.ts';

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8_080],
  ['localhost:0', 'localhost', 0],
  ['[::]:65535', '::', 65_535],
])('%s is an address to listen on', (value, host, port) => {
  expect(listenAddress(value)).toEqual({ host, port });
});

test.each(['', '8080', ':8080', 'localhost', 'localhost:', 'localhost:65536', '::1:8080', 'http://localhost:80'])(
  '%j is none',
  (value) => {
    expect(() => listenAddress(value)).toThrow(/^--listen must be address:port/);
  },
);
