import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createUsageMeter } from '../../../load/generator/usage-meter.ts';
import { toolsFolder } from '../../../setup/places.ts';
import { startStub } from '../../load/stub-homeserver.ts';
import { type Baseline, baselineFrom } from './baseline.ts';

/** Set up only here: nothing else of this project needs it. */
const version = '2.47.0';
const folder = join(toolsFolder, 'locust', version);
/** Modules are run by it: scripts of an environment name the folder it was made in. */
const python = join(folder, 'bin', 'python');
const mark = join(folder, 'bin', 'locust');

/** The same as our users do while nobody writes: one poll after the other, its answer parsed. */
const locustfile = `
from locust import FastHttpUser, task, constant

class Person(FastHttpUser):
    wait_time = constant(0)
    network_timeout = 90.0
    connection_timeout = 90.0

    def on_start(self):
        self.token = {"Authorization": "Bearer bench-load-%d" % id(self)}
        self.since = self.sync("/_matrix/client/v3/sync?timeout=0")

    def sync(self, path):
        with self.client.get(path, headers=self.token, name="sync", catch_response=True) as answer:
            return answer.json()["next_batch"]

    @task
    def poll(self):
        self.since = self.sync("/_matrix/client/v3/sync?timeout=30000&since=" + self.since)
`;

export interface LocustOptions {
  readonly users: number;
  readonly durationS: number;
  readonly scratchDirectory: string;
}

const rampS = 10;

/** Locust's leanest user against the same stub, on one process, as it comes. */
export async function playLocust({ users, durationS, scratchDirectory }: LocustOptions): Promise<Baseline> {
  await installLocust();
  await using stub = await startStub();
  const file = join(scratchDirectory, 'locustfile.py');
  await writeFile(file, locustfile);
  const pace = ['--users', `${users}`, '--spawn-rate', `${Math.ceil(users / rampS)}`];
  const args = ['-m', 'locust', '--headless', '--only-summary', '--host', stub.baseUrl, '-f', file, ...pace];
  const fromMs = Date.now() + rampS * 1_000;
  const child = spawn(python, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const usage = createUsageMeter(child.pid ?? 0, { fromMs, untilMs: fromMs + durationS * 1_000 });
  const ended = once(child, 'exit');
  await delay(rampS * 1_000);
  const from = await stub.counts();
  await delay(durationS * 1_000);
  const until = await stub.counts();
  usage.stop();
  child.kill('SIGKILL');
  await ended;
  const { peakKib, cpuCores } = usage.summary();
  return baselineFrom({ users, peakKib, cpuCores, requestsPerSecond: (until.answered - from.answered) / durationS });
}

async function installLocust(): Promise<void> {
  if (existsSync(mark)) return;
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', folder]);
  await run(python, ['-m', 'pip', 'install', '--quiet', `locust==${version}`], { timeout: 600_000 });
}
