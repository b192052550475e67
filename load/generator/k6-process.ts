import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { planVariable, usersVariable } from '../scenarios/load-plan.ts';
import type { LoadRecord } from '../scenarios/load-record.ts';
import { keepMessages, readRecords } from './k6-output.ts';
import { killedForMemory } from './killed-for-memory.ts';
import { type MetricsOutput, metricsArguments, metricsEnvironment } from './metrics-output.ts';
import { createUsageMeter, type MeasuredTime, type UsageSummary } from './usage-meter.ts';

export interface K6Options {
  readonly k6: string;
  /** From 1. */
  readonly process: number;
  readonly script: string;
  readonly planFile: string;
  readonly usersFile: string;
  readonly trustFile: string;
  readonly proxyUrl?: string;
  /** Of this machine; absent: the operating system chooses. */
  readonly sourceAddress?: string;
  /** Where k6 may look for a configuration of its own; empty. */
  readonly homeDirectory: string;
  readonly measured: MeasuredTime;
  readonly metricsTo?: MetricsOutput;
  /** Killed when it takes longer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignalLike;
  readonly onRecord: (record: LoadRecord) => void;
}

/** How the process ended. The exit code proves nothing by itself: a script that throws all the time exits with 0. */
export interface K6Run {
  readonly process: number;
  readonly exitCode: number | null;
  /** stop: because we were told to; signal: by somebody else. */
  readonly endedBy: 'itself' | 'timeout' | 'signal' | 'memory' | 'stop';
  /** k6's own last messages, without secrets: it prints neither headers nor bodies. */
  readonly messages: readonly string[];
  readonly usage: UsageSummary;
}

type K6Child = ChildProcessByStdio<null, Readable, Readable>;

/** Runs k6 to its end. Throws `toolFailed` when it cannot be started; it is gone in any case. */
export async function runK6(options: K6Options): Promise<K6Run> {
  const child = await start(options);
  preferOverServer(child.pid);
  const messages: string[] = [];
  const usage = createUsageMeter(child.pid ?? 0, options.measured);
  const memory = killedForMemory();
  let timedOut = false;
  const kill = () => child.kill('SIGKILL');
  const limit = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeoutMs);
  process.once('exit', kill);
  options.signal.addEventListener('abort', kill);
  if (options.signal.aborted) kill();
  try {
    const ended = once(child, 'exit');
    await Promise.all([
      readRecords(child.stdout, options.onRecord, usage.markStart, messages),
      keepMessages(child.stderr, messages),
    ]);
    const [exitCode] = (await ended) as [number | null];
    const endedBy = () => {
      if (options.signal.aborted) return 'stop';
      if (timedOut) return 'timeout';
      if (memory.wasReached(exitCode, messages)) return 'memory';
      return exitCode === null ? 'signal' : 'itself';
    };
    return { process: options.process, exitCode, endedBy: endedBy(), messages, usage: usage.summary() };
  } finally {
    clearTimeout(limit);
    usage.stop();
    process.off('exit', kill);
    kill();
  }
}

async function start(options: K6Options): Promise<K6Child> {
  const quiet = ['--quiet', '--summary-mode=disabled', '--no-thresholds', '--no-usage-report', '--no-color'];
  const records = ['--log-output=stdout', '--log-format=raw', '--address='];
  const source = options.sourceAddress === undefined ? [] : [`--local-ips=${options.sourceAddress}`];
  const metrics = metricsArguments(options.metricsTo, options.process);
  const child = spawn(options.k6, ['run', ...quiet, ...records, ...source, ...metrics, options.script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: environmentFor(options),
  });
  const failed = once(child, 'error').then(([error]) => error);
  const failure: unknown = await Promise.race([once(child, 'spawn').then(() => undefined), failed]);
  if (failure === undefined) return child;
  throw new RigError(
    'toolFailed',
    { de: `k6 lässt sich nicht starten (${options.k6}).`, en: `k6 cannot be started (${options.k6}).` },
    { cause: failure },
  );
}

/** A generator that waits behind the server it measures on the same machine measures itself. Only allowed to some. */
function preferOverServer(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code !== 'ERR_SYSTEM_ERROR') throw thrown;
  }
}

/** Nothing of our own environment: what k6 does depends on its arguments alone. */
function environmentFor(options: K6Options): NodeJS.ProcessEnv {
  const { planFile, usersFile, trustFile, proxyUrl, homeDirectory, metricsTo } = options;
  return {
    [planVariable]: planFile,
    [usersVariable]: usersFile,
    SSL_CERT_FILE: trustFile,
    SSL_CERT_DIR: homeDirectory,
    HOME: homeDirectory,
    // One connection for each device, as behind a real load balancer; HTTP/2 would put a VU's users on a single one.
    GODEBUG: 'http2client=0',
    // Collects garbage more often than usual: two fifths of what lives may be garbage. Less memory for each user, and the
    // processor time it costs is what an idle generator has left.
    GOGC: '40',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    ...metricsEnvironment(metricsTo),
    ...(proxyUrl !== undefined && { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl }),
  };
}
