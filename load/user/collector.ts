import exec from 'k6/execution';
import http from 'k6/http';
import { setTimeout } from 'k6/timers';
import {
  type Beginning,
  collectorKeyVariable,
  collectorVariable,
  instanceVariable,
  refusedStatus,
} from '../scenarios/collector-protocol.ts';
import type { LoadPlan } from '../scenarios/load-plan.ts';
import type { LoadRecord } from '../scenarios/load-record.ts';
import { createOutbox, type Posted } from './outbox.ts';

/** Far from whoever started it, k6 posts its records instead of printing them. */
export interface Collector {
  begun(plan: LoadPlan): Promise<LoadPlan>;
  tell(record: LoadRecord): void;
  /** Resolves when all was confirmed, or the time for it is over. */
  allTold(): Promise<void>;
}

const timeoutMs = 10_000;
const againAfterMs = 1_000;
/** Without a collector nobody counts what the people do to the target: they stop. */
const patienceMs = 45_000;

/** Undefined where nobody collects. In the init context only: it reads the key. */
export function collectorFrom(variables: Readonly<Record<string, string | undefined>>): Collector | undefined {
  const { [collectorVariable]: url, [collectorKeyVariable]: keyFile, [instanceVariable]: instance } = variables;
  if (url === undefined || keyFile === undefined || instance === undefined) return undefined;
  return createCollector(url, open(keyFile).trim(), instance);
}

function createCollector(url: string, key: string, instance: string): Collector {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const post = (path: string, body: string) =>
    http.asyncRequest('POST', url + path, body, { headers, timeout: timeoutMs, responseType: 'text', redirects: 0 });
  let answeredAtMs = Date.now();
  const stop = (why: string) => exec.test.abort(`collector: ${why}`);
  const postedBy = (status: number): Posted => {
    if (status === refusedStatus) return 'refused';
    if (status === 200) answeredAtMs = Date.now();
    else if (Date.now() - answeredAtMs > patienceMs) stop(`no answer for ${patienceMs} ms, last status ${status}`);
    return status === 200 ? 'taken' : 'later';
  };
  let process = 0;
  const outbox = createOutbox({
    post: async (sequence, records) => {
      const head = JSON.stringify({ process, instance, vu: exec.vu.idInInstance, sequence });
      const body = `${head.slice(0, -1)},"records":[${records.join(',')}]}`;
      return postedBy((await post('/records', body)).status);
    },
    onRefused: () => stop('the run is over or goes on without this process'),
  });
  return {
    begun: async (plan) => {
      process = plan.process;
      for (;;) {
        const { status, body } = await post('/begin', JSON.stringify({ process, instance }));
        const posted = postedBy(status);
        if (posted === 'refused') stop('this process takes no part');
        if (posted === 'taken' && typeof body === 'string') return { ...plan, ...(JSON.parse(body) as Beginning) };
        await pause(againAfterMs);
      }
    },
    tell: (record) => {
      outbox.add(JSON.stringify(record));
      // Once a second, and what users told meanwhile goes with it.
      if (record.type === 'second' || record.type === 'start') void outbox.flush();
    },
    allTold: async () => {
      const untilMs = Date.now() + patienceMs;
      for (await outbox.flush(); !outbox.isEmpty && Date.now() < untilMs; await outbox.flush())
        await pause(againAfterMs);
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
