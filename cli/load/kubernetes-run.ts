import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../core/model/usage-error.ts';
import { readTarget, type TargetSource } from '../../deployment/providers/remote/read-target.ts';
import { permissionsFrom } from '../../deployment/providers/remote/target.ts';
import type { CollectPlan } from '../../load/collector/collect-plan.ts';
import { bundleScenario } from '../../load/generator/bundle-scenario.ts';
import { demandOf } from '../../load/generator/demand.ts';
import { planRun } from '../../load/generator/family.ts';
import { permissionGap } from '../../load/generator/permission-gap.ts';
import type { Schedule } from '../../load/generator/plan-load.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import { collectorSize } from '../../load/kubernetes/collector-size.ts';
import { type Fleet, planFleet } from '../../load/kubernetes/fleet.ts';
import type { RunSpec } from '../../load/kubernetes/manifest.ts';
import type { Scale, ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { suiteVersion } from '../run/version.ts';
import type { KubernetesWishes } from './kubernetes-options.ts';
import { targetForCluster } from './target-for-cluster.ts';

export interface KubernetesRun {
  readonly spec: RunSpec;
  readonly fleet: Fleet;
  readonly scale: Scale;
  readonly planHash: string;
  readonly source: TargetSource;
}

/** Everything that is written, worked out on this machine: nothing is sent. Throws UsageError when the load is not permitted. */
export async function planKubernetesRun(
  scenario: ScenarioCheck,
  wishes: KubernetesWishes,
  seed: number,
): Promise<KubernetesRun> {
  const source = readTarget(wishes.targetFile, new Date());
  const population = await readPopulation(wishes.population);
  // The same seed as `load run` gives the scenario, so that both play the same.
  const runSeed = `${seed}/${scenario.meta.id}`;
  const { scale, schedule } = await planRun(scenario, { ...wishes, population }, { seed: runSeed });
  refuseForbidden(source, scale, schedule);
  const name = scenario.meta.id.slice('load.'.length);
  const { text: script, bytes: bundleBytes } = await bundleText(name);
  const fleet = planFleet({ ...demandOf(scale, schedule), bundleBytes }, wishes.runnerSize);
  const plan: CollectPlan = {
    suiteVersion: suiteVersion(),
    scenario: name,
    scale,
    seed: runSeed,
    ...(wishes.login !== undefined && { login: wishes.login }),
    runners: fleet.runners,
    usersPerVu: fleet.usersPerVu,
    bundleBytes,
    population,
    planHash: schedule.planHash,
  };
  return { spec: await specOf({ wishes, source, fleet, plan, script }), fleet, scale, planHash: plan.planHash, source };
}

interface SpecParts {
  readonly wishes: KubernetesWishes;
  readonly source: TargetSource;
  readonly fleet: Fleet;
  readonly plan: CollectPlan;
  readonly script: string;
}

async function specOf({ wishes, source, fleet, plan, script }: SpecParts): Promise<RunSpec> {
  const { name, namespace, operatorNamespace, images, claim } = wishes;
  const { runners, memoryMib, cpuMillis, vusPerRunner } = fleet;
  const { proxy } = source.file;
  const { caCertificates } = source;
  return {
    name,
    namespace,
    operatorNamespace,
    images,
    runners,
    runner: { memoryMib, cpuMillis },
    collector: collectorSize(plan.scale.users, runners * vusPerRunner),
    script: { text: script, ...(claim !== undefined && { claim }) },
    plan: JSON.stringify(plan, null, 2),
    targetFile: JSON.stringify(targetForCluster(source, plan.scale.users), null, 2),
    ...(caCertificates !== undefined && { authorities: await readFile(caCertificates, 'utf8') }),
    ...(proxy !== undefined && { proxyUrl: proxy }),
    collectorKey: randomBytes(32).toString('base64url'),
  };
}

/** The manifests may be written before the time in which they may be used. */
function refuseForbidden({ path, file }: TargetSource, scale: Scale, schedule: Schedule): void {
  const permissions = permissionsFrom(file.permissions);
  const beginMs = Math.max(Date.now(), Date.parse(permissions.mayStressFrom ?? '') || 0);
  const target = { permissions, provider: 'remote', homeserverUrl: file.homeserverUrl } as const;
  const gap = permissionGap(target, scale, schedule, beginMs);
  if (gap === undefined) return;
  throw new UsageError({
    en: `${path} does not permit this load: ${gap}`,
    de: `${path} erlaubt diese Last nicht: ${gap}`,
  });
}

async function bundleText(name: string): Promise<{ text: string; bytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'pruefstand-bundle-'));
  try {
    const { file, bytes } = await bundleScenario(name, folder);
    return { text: await readFile(file, 'utf8'), bytes };
  } finally {
    await rm(folder, { recursive: true });
  }
}
