import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
  'http://127.0.0.1:8008',
  'https://127.1.2.3/matrix',
  'https://localhost:8448',
  'http://LOCALHOST',
  'http://[::1]:8008',
])('%s is this machine', (url) => {
  expect(isLoopback(url)).toBe(true);
});

test.each([
  'https://messenger.example',
  'https://localhost.example',
  'https://127.0.0.1.example',
  'http://10.0.0.1',
  'http://192.168.1.1:8008',
  'http://172.16.0.1',
  'http://169.254.1.1',
  'http://0.0.0.0:8008',
  'http://[::]:8008',
  'http://[fd00::1]',
  'http://[::2]',
  'https://localhost@messenger.example',
  'https://messenger.example/?http://localhost',
  'localhost:8008',
  '',
])('%j is not', (url) => {
  expect(isLoopback(url)).toBe(false);
});
