import { readFile } from 'node:fs/promises';
import type { Bench } from '../../../core/model/bench.ts';
import type { Evidence } from '../../../core/model/evidence.ts';
import type { ContextOptions, OpenContext } from '../../../core/model/family-runtime.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { conclude } from '../../lib/conclude.ts';
import { asItIs } from '../../lib/instruments.ts';
import { createToolkit } from '../../lib/toolkit.ts';
import { endpointsOf } from './endpoint.ts';
import { type Handshake, handshake } from './handshake.ts';
import type { PolicyContext, PolicyDefect, PolicyTools } from './policy-check.ts';

export async function openPolicyContext(
  bench: Bench,
  { defect, ...options }: ContextOptions<PolicyDefect>,
): Promise<OpenContext<PolicyContext>> {
  await using stack = new AsyncDisposableStack();
  const isEndpoint = defect !== undefined && 'kind' in defect;
  const standIn = isEndpoint ? stack.use(await defect.start()) : undefined;
  const { tools, transport, evidence, release } = createToolkit(asItIs(bench), {
    ...options,
    ...(defect !== undefined && !isEndpoint && { defect }),
  });
  stack.defer(release);
  const handshakes: Handshake[] = [];
  const policyTools: PolicyTools = {
    ...tools,
    endpoints: standIn === undefined ? endpointsOf(bench.target, await authoritiesOf(bench)) : [standIn.endpoint],
    handshake: async (endpoint, version) => {
      refuseAfterPermission(bench);
      const result = await handshake(endpoint, version);
      handshakes.push(result);
      return result;
    },
  };
  const owned = stack.move();
  return {
    context: {
      conclude: (body) =>
        conclude(
          () => body(policyTools),
          () => ({
            // Paths outside the API have no schema; what counts here is that something answered.
            findings: [],
            looked: transport.exchanges.length + handshakes.length > 0,
            nothing: 'Es wurde nichts beobachtet.',
          }),
        ),
    },
    evidence: async () => [...(await evidence()), ...handshakeEvidence(handshakes)],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function authoritiesOf({ target }: Bench): Promise<readonly string[]> {
  return target.caCertificates === undefined ? [] : [await readFile(target.caCertificates, 'utf8')];
}

/** Handshakes do not go through the bench's sender, so they keep its rule themselves. */
function refuseAfterPermission({ target: { permissions } }: Bench): void {
  if (Date.now() <= Date.parse(permissions.until)) return;
  throw new RigError('interrupted', {
    de: `Die Erlaubnis für das Ziel endete am ${permissions.until}; es wird nichts mehr gesendet.`,
    en: `The permission for the target ended at ${permissions.until}; nothing more is sent.`,
  });
}

function handshakeEvidence(handshakes: readonly Handshake[]): readonly Evidence[] {
  if (handshakes.length === 0) return [];
  return [{ name: 'TLS-Handshakes', mediaType: 'application/json', content: JSON.stringify(handshakes, null, 1) }];
}
