import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts, ownLoopbackAddress } from './ports.ts';

test('a wanted port that is free is taken', async () => {
  const { edge } = await freePorts('127.0.0.1', { edge: 0 });
  expect(await freePorts('127.0.0.1', { edge })).toEqual({ edge });
});

test('a wanted port that is taken is replaced by a free one', async () => {
  const holder = createServer();
  await once(holder.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void holder.close());
  const address = holder.address();
  const taken = typeof address === 'object' && address !== null ? address.port : expect.fail('no port');
  const { edge } = await freePorts('127.0.0.1', { edge: taken });
  expect(edge).not.toBe(taken);
});

test('ports of one choice are all different', async () => {
  const ports = Object.values(await freePorts('127.0.0.1', { a: 0, b: 0, c: 0, d: 0, e: 0 }));
  expect(new Set(ports).size).toBe(5);
});

test('what listens at an address of our own can be bound on this machine', async () => {
  const address = ownLoopbackAddress();
  expect(address).toMatch(/^127\.\d+\.\d+\.\d+$/);
  const { port } = await freePorts(address, { port: 0 });
  expect(port).toBeGreaterThan(0);
});
