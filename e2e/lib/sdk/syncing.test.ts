import { expect, test, vi } from 'vitest';
import { RigError } from '../../../core/model/rig-error.ts';
import { openSdkDevice } from './device.ts';

/** Types of the tests know no WebAssembly. */
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: { instantiate(): Promise<unknown> } };

// Its own file: what failed to load once stays so for the whole process.
test('a device whose cryptography cannot be loaded says so, at once and for every device', async () => {
  vi.spyOn(engine, 'instantiate').mockRejectedValue(new Error('section out of bounds'));
  const open = () =>
    openSdkDevice({
      person: 'alice',
      session: { userId: '@alice:example.org', deviceId: 'A', accessToken: 'token' },
      homeserverUrl: 'https://matrix.example.org',
      send: () => Promise.reject(new RigError('targetUnreachable', 'no server here')),
      signal: new AbortController().signal,
      deadlineMs: 60_000,
      isFirst: true,
    });
  for (const device of [open(), open()]) {
    await expect(device).rejects.toMatchObject({
      name: 'RigError',
      code: 'toolFailed',
      message: "The devices' cryptography (matrix-sdk-crypto-wasm) could not be loaded: section out of bounds",
    });
  }
});
