import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunSpec } from '../../load/kubernetes/manifest.ts';
import { testRun } from '../../load/kubernetes/test-run.ts';
import { freePort } from './free-port.ts';

/** A k6 process started as the k6-operator starts its runner, from the TestRun we write. */
export interface SegmentRunner {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** As the operator's starter does. */
  resume(): Promise<void>;
}

export interface SegmentOptions {
  readonly k6: string;
  readonly script: string;
  readonly folder: string;
  readonly collectorUrl: string;
  readonly key: string;
  readonly runners: number;
  /** From 1. */
  readonly index: number;
  readonly instance: string;
}

/** Does what a pod does on a node: its init container with the same command, then k6 with the same arguments and variables. */
export async function startSegment(options: SegmentOptions): Promise<SegmentRunner> {
  const { k6, script, runners, index, collectorUrl } = options;
  const { pod, args, place } = await podOf(options);
  const [init] = pod.initContainers;
  await promisify(execFile)('sh', place(init.command).slice(1), {
    env: { PATH: process.env['PATH'], COLLECTOR: collectorUrl, RUNNER_JOB: `run-${index}` },
  });
  const address = `127.0.0.1:${await freePort()}`;
  const ends = Array.from({ length: runners + 1 }, (_, part) =>
    part % runners === 0 ? part / runners : `${part}/${runners}`,
  );
  const segment = [
    `--execution-segment=${index - 1}/${runners}:${index}/${runners}`,
    `--execution-segment-sequence=${ends.join()}`,
  ];
  const words = [
    'run',
    '--quiet',
    ...(runners > 1 ? segment : []),
    ...args,
    script,
    `--address=${address}`,
    '--paused',
  ];
  const child = spawn(k6, words, { stdio: 'ignore', env: environmentOf(options, pod, place) });
  const ended = once(child, 'exit');
  return { child, ended, resume: () => resume(address) };
}

interface Pod {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly initContainers: readonly [{ readonly command: string[] }];
}

/** The folders of a pod lie in one of this test. */
async function podOf({ folder, index, key, runners, instance }: SegmentOptions) {
  const root = join(folder, `${index}-${instance}`);
  for (const name of ['input', 'key']) await mkdir(join(root, name), { recursive: true });
  await writeFile(join(root, 'key/collector-key'), key);
  const spec: RunSpec = {
    ...{
      name: 'run',
      namespace: 'n',
      operatorNamespace: 'o',
      images: { k6: 'a', starter: 'b', collector: 'c' },
      runners,
    },
    ...{ runner: { memoryMib: 1, cpuMillis: 1 }, collector: { memoryMib: 1, cpuMillis: 1 }, script: { text: '' } },
    ...{ plan: '{}', targetFile: '{}', collectorKey: key },
  };
  const { runner, args } = JSON.parse(JSON.stringify(testRun(spec)['spec']));
  const place = (words: readonly string[]) => words.map((word) => word.replaceAll('/pruefstand/', `${root}/`));
  return { pod: runner as Pod, args: args as string[], place };
}

function environmentOf({ collectorUrl, instance }: SegmentOptions, pod: Pod, place: (words: string[]) => string[]) {
  const given = pod.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, place([value])[0]]]));
  return {
    ...Object.fromEntries(given),
    PRUEFSTAND_COLLECTOR: collectorUrl,
    PRUEFSTAND_INSTANCE: instance,
    HOME: '/nowhere',
  };
}

async function resume(address: string): Promise<void> {
  const body = JSON.stringify({ data: { attributes: { paused: false }, id: 'default', type: 'status' } });
  const headers = { 'content-type': 'application/json' };
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://${address}/v1/status`, { method: 'PATCH', headers, body }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`k6 did not answer at ${address}`);
}
