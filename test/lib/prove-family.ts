import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discoverChecks } from '../../cli/discover.ts';
import { type AnyFamily, families } from '../../cli/families.ts';
import { availableCapabilities } from '../../cli/run/available.ts';
import { createAbort } from '../../cli/run/create-abort.ts';
import type { FamilyName } from '../../core/model/family.ts';
import { type CheckProof, proveChecks } from '../../core/run/prove-checks.ts';
import { systemClock } from '../../core/system-clock.ts';
import { readTrueFindings } from '../../schemas/true-findings-reader.ts';
import { type Candidate, deploy } from '../deployment/deploy.ts';
import { conclusionOf } from './conclusion.ts';

export interface FamilyProof {
  readonly family: FamilyName;
  readonly candidate: Candidate;
  /** In place of the family as the program uses it, e.g. at a smaller scale. */
  readonly variant?: AnyFamily;
  /** Checks whose listed true findings need a part that is missing here. */
  readonly withoutTrueFindings?: readonly string[];
  /** Proven by the command alone, because of the time it takes: which checks. */
  readonly leftOut?: (id: string) => boolean;
  /** Further tests over what was proven; called while tests are collected, its argument when they run. */
  andThen?(proofs: () => ReadonlyMap<string, CheckProof>): void;
}

/** A thousand runs of checks against a real homeserver; ends what hangs and measures nothing. */
const longestProofMs = 30 * 60_000;

/** Every check of the family passes, but for true findings, against the untouched reference deployment and notices each of its defects. */
export async function provesFamily({
  family: name,
  candidate,
  variant,
  withoutTrueFindings = [],
  leftOut = () => false,
  andThen,
}: FamilyProof): Promise<void> {
  const family = variant ?? families.find((one) => one.name === name);
  if (family === undefined) throw new Error(`no family named ${name}`);
  const listed = [...(await readTrueFindings())];
  const trueFindings = new Map(listed.filter(([id]) => !withoutTrueFindings.includes(id)));
  const discovered = (await discoverChecks(family)).filter(({ meta }) => !leftOut(meta.id));
  const { missing } = candidate;
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (${missing})`, () => {
    const proofs = new Map<string, CheckProof>();
    let deployment: Awaited<ReturnType<typeof deploy>>;

    beforeAll(async () => {
      deployment = await deploy(candidate);
      await using runtime = await family.open(deployment.bench);
      const checks = discovered.map(({ check }) => check);
      const { concurrency } = family;
      const signal = new AbortController().signal;
      const how = { runtime, checks, concurrency, seed: 'proof', clock: systemClock, signal, createAbort };
      for (const proof of await proveChecks(how)) proofs.set(proof.check, proof);
    }, longestProofMs);

    afterAll(() => deployment?.[Symbol.asyncDispose]());

    test.each(discovered)('$meta.id can run here', ({ meta: { needs } }) => {
      const available = availableCapabilities(deployment.bench);
      expect(needs.filter((need) => !available.has(need))).toEqual([]);
    });

    test.each(discovered)('$meta.id judges the untouched deployment rightly', ({ meta: { id } }) => {
      const { control } = proofs.get(id) ?? expect.fail('it was not run');
      expect(conclusionOf(control.outcome)).toEqual(trueFindings.get(id)?.toSorted() ?? 'passed');
      expect(control.evidence.length).toBeGreaterThan(0);
    });

    test.each(discovered)('$meta.id notices each of its defects', ({ meta: { id } }) => {
      const { counterexamples } = proofs.get(id) ?? expect.fail('it was not run');
      const unnoticed = counterexamples.filter(({ red }) => !red);
      expect(unnoticed.map(({ title, run: { outcome } }) => ({ title, outcome }))).toEqual([]);
      expect(counterexamples.length).toBeGreaterThan(0);
    });

    andThen?.(() => proofs);
  });
}
