import type { HttpSend } from '../../core/http/http.ts';
import type { Bench } from '../../core/model/bench.ts';
import type { Check } from '../../core/model/check.ts';
import type { Clock } from '../../core/model/clock.ts';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { createConformanceFamily } from '../family.ts';
import type { ConformanceCheck } from '../lib/conformance-check.ts';
import { createRecorder } from './recorder.ts';
import type { Recording } from './recording.ts';

/** A bench whose target answers what a test says; accounts are named by their label. */
export function createTestBench(send: HttpSend): Bench {
  const session = async ({ userId }: { readonly userId: string }) => ({
    userId,
    deviceId: 'DEVICE',
    accessToken: `token of ${userId}`,
  });
  return {
    target: {
      name: 'test',
      provider: 'process',
      serverName: 'hs1.example',
      homeserverUrl: 'https://hs1.example',
      capabilities: [],
      permissions: { mayMutate: true, mayStressUsers: 0, until: '', grantedBy: { name: '', role: '', date: '' } },
      versions: {},
      specVersion: '1.15',
      absentComponents: [],
    },
    send,
    accounts: {
      lease: async (label, kind = 'bench') => ({ userId: `@${label}:hs1.example`, kind }),
      leaseMany: async () => [],
      login: session,
      session,
      release: async () => {},
      created: [],
    },
    tools: {},
    scratchDirectory: '',
  };
}

/** Runs a check against a bench and records it. */
export async function recordCheck(
  check: ConformanceCheck,
  bench: Bench,
  clock: Clock = createFakeClock(),
): Promise<Recording> {
  const { instruments, tape } = createRecorder(bench, clock);
  const seed = 'test';
  await using runtime = await createConformanceFamily(() => instruments).open(bench);
  await using open = await runtime.contextFor(check, { seed, signal: new AbortController().signal });
  const outcome = await check.run(open.context);
  return { check: check.meta.id, seed, outcome, ...tape };
}

export const testMeta: Check<unknown, unknown>['meta'] = {
  id: 'conformance.test.test',
  title: 'Test',
  requirements: ['KO-05'],
  needs: [],
  timeoutMs: 60_000,
};
