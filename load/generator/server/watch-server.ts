import type { Bench } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { metricsFrom } from './metrics-text.ts';
import { homeserverSample, type ServerSample } from './server-sample.ts';

/** Writing its metrics out costs Synapse some hundredths of a second: once a second would be part of the load. */
const everyMs = 5_000;

export interface ServerWatch extends AsyncDisposable {
  readonly samples: readonly ServerSample[];
}

/** Asks the server about itself until it is disposed, as far as it tells anything. */
export function watchServer(bench: Pick<Bench, 'target' | 'send' | 'database'>, measuringFromMs: number): ServerWatch {
  const samples: ServerSample[] = [];
  let isAsking = false;
  let asking = Promise.resolve();
  const ask = () => {
    if (isAsking) return;
    isAsking = true;
    asking = sampleOf(bench, measuringFromMs)
      .then((sample) => void samples.push(sample))
      .finally(() => {
        isAsking = false;
      });
  };
  const timer = setInterval(ask, everyMs);
  ask();
  return {
    samples,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await asking;
    },
  };
}

async function sampleOf({ target, send, database }: Pick<Bench, 'target' | 'send' | 'database'>, fromMs: number) {
  const [homeserver, statistics] = await Promise.all([
    unlessSilent(() => homeserverOf(send, target.adminUrl)),
    unlessSilent(async () => database?.statistics?.()),
  ]);
  return {
    atMs: Date.now() - fromMs,
    ...(homeserver && { homeserver }),
    ...(statistics && { database: statistics }),
  };
}

async function homeserverOf(send: Bench['send'], adminUrl: string | undefined) {
  if (adminUrl === undefined) return undefined;
  const answer = await send({ method: 'GET', url: `${adminUrl}/_synapse/metrics`, headers: {}, timeoutMs: everyMs });
  return answer.status === 200 ? homeserverSample(metricsFrom(answer.text())) : undefined;
}

/** A server that is overloaded or gone tells nothing: that is a gap in its curves and for others to judge. */
async function unlessSilent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof RigError) return undefined;
    throw thrown;
  }
}
