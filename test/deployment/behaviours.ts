import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import type { Deployment } from '../../deployment/provider.ts';
import { accountsOnDemand } from './account-behaviours.ts';
import { type Candidate, deploy } from './deploy.ts';
import { theEdge } from './edge-behaviours.ts';
import { leftoversOf } from './leftovers.ts';
import { lifetime } from './lifetime-behaviours.ts';
import { insight, rooms } from './room-behaviours.ts';

/** What every provider of the reference deployment does alike. */
export function behavesAsReferenceDeployment(candidate: Candidate): void {
  const { missing, tools } = candidate;
  const title = missing === undefined ? candidate.name : `${candidate.name} (${missing})`;
  describe.skipIf(missing !== undefined)(title, () => {
    let deployment: (Deployment & { readonly runId: string }) | undefined;
    const bench = (): Bench => deployment?.bench ?? expect.fail('the deployment did not start');

    beforeAll(async () => {
      deployment = await deploy(candidate);
    }, 120_000);

    afterAll(async () => {
      if (deployment === undefined) return;
      await deployment[Symbol.asyncDispose]();
      expect(leftoversOf(deployment.runId, tools.docker)).toEqual([]);
    }, 60_000);

    theEdge(bench);
    rooms(bench);
    accountsOnDemand(bench);
    insight(bench);
    lifetime(candidate, bench);
  });
}
