import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type DiscoveredCheck, discoverChecks } from '../../cli/discover.ts';
import { asAnyFamily } from '../../cli/families.ts';
import { availableCapabilities } from '../../cli/run/available.ts';
import { createAbort } from '../../cli/run/create-abort.ts';
import type { Bench } from '../../core/model/bench.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { runCheck } from '../../core/run/run-checks.ts';
import { systemClock } from '../../core/system-clock.ts';
import { processProvider } from '../../deployment/providers/process.ts';
import type { EncryptionContext } from '../../e2e/encryption/context.ts';
import { createEncryptionFamily } from '../../e2e/encryption/family.ts';
import type { CryptoDevice } from '../../e2e/lib/crypto-device.ts';
import { backgroundLoadOf } from '../../load/generator/background-load.ts';
import { officeDay } from '../../load/scenarios/office-day.scenario.ts';
import { deploy } from '../deployment/deploy.ts';
import { toolsHere } from '../deployment/tools.ts';

/** What the encryption family costs: time and CPU of its flows, memory of a device; JSON on stdout. */
const { values } = parseArgs({
  options: {
    /** `node`: without flows that need a browser or a load generator. */
    flows: { type: 'string', default: 'all' },
    /** In place of the family's own. */
    'at-once': { type: 'string' },
    /** Part of the id; only to look at a few. */
    match: { type: 'string', default: '' },
    devices: { type: 'string', default: '1,5,10,20' },
  },
});

const limits = { nodeSeconds: 150, allSeconds: 600, deviceMegabytes: 60 };

interface FlowTime {
  readonly flow: string;
  readonly outcome: string;
  readonly seconds: number;
}

interface Go {
  readonly flows: readonly FlowTime[];
  readonly seconds: number;
  /** Of this process, where all devices live. */
  readonly cpuSeconds: number;
  /** Of what this process has started: the homeserver and all that belongs to it. */
  readonly deploymentCpuSeconds: number;
}

async function inOneGo(bench: Bench, checks: readonly DiscoveredCheck[]): Promise<Go> {
  await using runtime = await family.open(bench);
  const { signal } = new AbortController();
  const flows: FlowTime[] = [];
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const deploymentBefore = cpuSecondsOfChildren();
  const atOnce = Number(values['at-once'] ?? runtime.concurrency ?? family.concurrency);
  await inParallel(checks, atOnce, async ({ check, meta }) => {
    const ran = await runCheck({ runtime, check, seed: 'bench', clock: systemClock, signal, createAbort });
    flows.push({ flow: meta.id, outcome: ran.outcome.kind, seconds: rounded(ran.durationMs / 1_000) });
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    flows,
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    deploymentCpuSeconds: cpuSecondsOfChildren() - deploymentBefore,
  };
}

/** Of all that descends from this process and still runs; ended ones count with those that waited for them. */
function cpuSecondsOfChildren(): number {
  const ticksPerSecond = 100;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? []);
  const family = new Set([process.pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  const ticks = all.filter(({ pid }) => pid !== process.pid && family.has(pid)).map((one) => one.ticks);
  return ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond;
}

function statOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    const ticks = (user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0);
    return { pid: Number(pid), parent: Number(fields[1]), ticks };
  } catch {
    // It ended in the meantime.
    return undefined;
  }
}

interface Memory {
  readonly devices: number;
  readonly rssMegabytes: number;
  readonly heapMegabytes: number;
}

/** Every device has an identity, is in a room with all the others and has read an encrypted message there. */
async function memoryOf(bench: Bench, counts: readonly number[]): Promise<readonly Memory[]> {
  const [anyFlow] = await discoverChecks(family);
  if (anyFlow === undefined) throw new Error('no flow');
  await using runtime = await family.open(bench);
  const { signal } = new AbortController();
  await using open = await runtime.contextFor(anyFlow.check, { seed: 'memory', signal });
  const { device } = open.context as EncryptionContext;
  const devices: CryptoDevice[] = [];
  const measured: Memory[] = [await memoryNow(0)];
  for (const count of counts) {
    while (devices.length < count) devices.push(await device(`person${devices.length}`));
    const [first, ...others] = devices;
    if (first === undefined) throw new Error('no device');
    const roomId = await first.createEncryptedRoom({ name: 'Speicher', invite: others.map(({ userId }) => userId) });
    for (const other of others) await other.joinRoom(roomId);
    for (const { userId } of others) await first.waitForMember(roomId, userId);
    const eventId = await first.sendText(roomId, 'Eine Nachricht für alle.');
    const states = await Promise.all(devices.map((one) => one.waitForMessage(roomId, eventId)));
    if (states.some(({ kind }) => kind !== 'decrypted')) throw new Error('a device cannot read');
    measured.push(await memoryNow(count));
  }
  return measured;
}

async function memoryNow(devices: number): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise(setImmediate);
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = (bytes: number) => rounded(bytes / 1024 ** 2);
  return { devices, rssMegabytes: megabytes(rss), heapMegabytes: megabytes(heapUsed + external) };
}

/** What each device beyond the first adds: the first brings the library, which all share. */
function perDevice(memory: readonly Memory[], key: 'rssMegabytes' | 'heapMegabytes'): number | undefined {
  const first = memory.find(({ devices }) => devices > 0);
  const last = memory.at(-1);
  if (first === undefined || last === undefined || last.devices <= first.devices) return undefined;
  return rounded((last[key] - first[key]) / (last.devices - first.devices));
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

const goFigures = ({ flows, seconds, cpuSeconds, deploymentCpuSeconds }: Go) => ({
  flows: flows.length,
  seconds: rounded(seconds),
  cpuSeconds: rounded(cpuSeconds),
  deploymentCpuSeconds: rounded(deploymentCpuSeconds),
  secondsOneAfterAnother: rounded(flows.reduce((sum, one) => sum + one.seconds, 0)),
  notPassed: flows.filter(({ outcome }) => outcome !== 'passed'),
});

const needsMore = ({ meta }: DiscoveredCheck) => meta.needs.some((need) => need === 'chromium' || need === 'k6');

/** As a run begins them. */
const longestFirst = (checks: readonly DiscoveredCheck[]) =>
  checks.toSorted((a, b) => b.meta.timeoutMs - a.meta.timeoutMs);

const family = asAnyFamily(createEncryptionFamily({ load: backgroundLoadOf(officeDay) }));
const startedAt = performance.now();
await using deployment = await deploy({ name: 'bench', provider: processProvider, tools: toolsHere() });
const startSeconds = (performance.now() - startedAt) / 1_000;
const counts = values.devices.split(',').filter(Boolean).map(Number);
// First, while nothing else has filled this process.
const memory = counts.length > 0 ? await memoryOf(deployment.bench, counts) : [];
const available = availableCapabilities(deployment.bench);
const able = longestFirst(await discoverChecks(family)).filter(
  ({ meta }) => meta.needs.every((need) => available.has(need)) && meta.id.includes(values.match),
);
const node = await inOneGo(
  deployment.bench,
  able.filter((check) => !needsMore(check)),
);
const more = values.flows === 'all' ? await inOneGo(deployment.bench, able.filter(needsMore)) : undefined;
const slowest = [...node.flows, ...(more?.flows ?? [])].toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
const allSeconds = node.seconds + (more?.seconds ?? 0);
const rssPerDevice = perDevice(memory, 'rssMegabytes');
const figured = JSON.stringify(
  {
    command: 'npm run bench:encryption',
    cores: cpus().length,
    atOnce: Number(values['at-once'] ?? family.concurrency),
    startSeconds: rounded(startSeconds),
    nodeFlows: goFigures(node),
    ...(more && { otherFlows: goFigures(more), allSeconds: rounded(allSeconds) }),
    slowest,
    memory,
    perDevice: { rssMegabytes: rssPerDevice, heapMegabytes: perDevice(memory, 'heapMegabytes') },
    limits,
  },
  null,
  2,
);
process.stdout.write(`${figured}\n`);
const isWithin =
  node.seconds <= limits.nodeSeconds &&
  allSeconds <= limits.allSeconds &&
  (rssPerDevice ?? 0) <= limits.deviceMegabytes;
process.exitCode = isWithin ? 0 : 1;
