import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Guard } from '../../guard/guard.ts';
import { createSecrets } from '../../reference/secrets.ts';
import type { SynapsePlan } from '../../reference/synapse-configuration.ts';
import { ownLoopbackAddress } from './ports.ts';
import { startSynapse } from './synapse.ts';

test('another homeserver that answers at the same port of 127.0.0.1 is not taken for ours', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pruefstand-synapse-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const plan = planIn(directory, await portOfAnother());
  const python = await endingWith(directory, 'OSError: [Errno 98] Address already in use');
  const started = startSynapse({ python, plan, guard });
  await expect(started).rejects.toMatchObject({ code: 'portInUse' });
});

async function portOfAnother(): Promise<number> {
  const another = createServer((_request, response) => response.end('OK'));
  await once(another.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void another.close());
  const address = another.address();
  return typeof address === 'object' && address !== null ? address.port : expect.fail('no port');
}

/** A program that runs for a moment, says this and ends. */
async function endingWith(directory: string, lastWords: string): Promise<string> {
  const program = join(directory, 'python');
  await writeFile(program, `#!/bin/sh\nsleep 1\necho '${lastWords}'\nexit 1\n`, { mode: 0o700 });
  return program;
}

const planIn = (directory: string, adminPort: number): SynapsePlan => ({
  serverName: 'localhost:8448',
  publicUrl: 'http://localhost:8448',
  directory: join(directory, 'synapse'),
  dataDirectory: join(directory, 'synapse'),
  clientAddress: '127.0.0.1',
  bindAddress: ownLoopbackAddress(),
  clientPort: 8448,
  adminPort,
  database: { engine: 'sqlite', path: join(directory, 'synapse.db') },
  secrets: createSecrets(),
  standsAlone: true,
});

const guard: Guard = { hold() {}, release() {}, async [Symbol.asyncDispose]() {} };
