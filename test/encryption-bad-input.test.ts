// A homeserver that does not answer as it should where keys are concerned: every flow comes to its end and tells where.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAbort } from '../cli/run/create-abort.ts';
import type { HttpAnswer, HttpRequest, HttpSend } from '../core/http/http.ts';
import type { Bench } from '../core/model/bench.ts';
import { RigError } from '../core/model/rig-error.ts';
import { inParallel } from '../core/run/in-parallel.ts';
import { type CheckRun, runCheck } from '../core/run/run-checks.ts';
import { systemClock } from '../core/system-clock.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { backupRestore } from '../e2e/encryption/backup/backup-restore.flow.ts';
import type { EncryptionFlow } from '../e2e/encryption/context.ts';
import { createEncryptionFamily } from '../e2e/encryption/family.ts';
import { messageExchange } from '../e2e/encryption/messages/message-exchange.flow.ts';
import { alterJson, type JsonObject, withText } from '../e2e/lib/alteration.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });

/** Shorter than in a run: most cases end only by it. */
const deadlineMs = 10_000;
const timeoutMs = 90_000;
/** In place of the 90 s after which a device gives a request up. */
const givenUpMs = 6_000;
/** A device computes, and many do so in turn. */
const atOnce = 10;
const family = createEncryptionFamily({ deadlineMs });

interface BadWay {
  /** What can be lived with; then all steps are met by it at once. */
  readonly mayPass: boolean;
  /** Where it makes a difference; everywhere unless told. */
  readonly only?: readonly string[];
  readonly create: () => Badness;
}

/** Answers in one bad way; `answer` asks the real homeserver. */
type Badness = (request: HttpRequest, answer: () => Promise<HttpAnswer>) => Promise<HttpAnswer>;

const whereKeysCome = ['keys/query', 'keys/claim', 'room_keys/keys', 'sync'];

/** Every text of an object that can only be a key, a signature or a ciphertext. */
const withKeys = (object: JsonObject, change: (key: string) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, isKey(value) ? change(value) : value]));

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9+/]{20,}={0,2}$/.test(value);

const withOtherStart = (key: string) => `${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`;

/** Each knows what it did before, so that every case gets its own. */
const badnesses: Readonly<Record<string, BadWay>> = {
  withholds: { mayPass: false, create: () => (request) => never(request) },
  // It does all it should, only late: who waits is not to be turned away.
  delays: {
    mayPass: true,
    create: () => async (request, answer) => {
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, deadlineMs / 4);
      await Promise.race([over, stopOf(request)]).finally(() => clearTimeout(timer));
      return answer();
    },
  },
  // What was true once may do no harm.
  repeats: {
    mayPass: true,
    create: () => {
      const firsts = new Map<string, HttpAnswer>();
      return async (request, answer) => {
        const asked = `${request.headers?.['authorization']} ${new URL(request.url).pathname}`;
        const now = await answer();
        const first = firsts.get(asked) ?? now;
        firsts.set(asked, first);
        return first;
      };
    },
  },
  corrupts: {
    mayPass: false,
    create: () => async (_request, answer) => {
      const whole = await answer();
      return withText(whole, whole.text().slice(0, whole.text().length / 2));
    },
  },
  // JSON all the same, with numbers where keys, signatures and ciphertexts stand.
  mistypes: {
    mayPass: false,
    only: whereKeysCome,
    create: () => async (_request, answer) => alterJson(await answer(), (object) => withKeys(object, () => 7)),
  },
  // Well-formed, and not what was sent; of other keys flows show it.
  alters: {
    mayPass: false,
    only: ['keys/claim', 'sync'],
    create: () => async (_request, answer) => alterJson(await answer(), (object) => withKeys(object, withOtherStart)),
  },
};

const stopOf = ({ signal }: HttpRequest) =>
  new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new RigError('interrupted', 'the request was stopped'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });

/** Until whoever asks gives up, or the time for it is over. */
function never(request: HttpRequest): Promise<HttpAnswer> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const { pathname } = new URL(request.url);
  const error = new RigError('targetUnreachable', `no answer from ${pathname}`);
  setTimeout(() => reject(error), givenUpMs).unref();
  return Promise.race([over, stopOf(request)]);
}

interface KeyStep {
  readonly path: string;
  readonly flow: EncryptionFlow;
  /** Which answers are bad; all of that path unless told. */
  readonly isBad?: (answer: HttpAnswer, path: string) => boolean;
  /** Nobody has to read it. */
  readonly isEmpty?: boolean;
}

const bringsKeys = (answer: HttpAnswer) => /"to_device":\{"events":\[\{/.test(answer.text());

function tellsOfKeys(answer: HttpAnswer, path: string): boolean {
  return /\/keys\/|\/room_keys\/|\/sendToDevice\//.test(path) || (path.endsWith('/sync') && bringsKeys(answer));
}

/** Everywhere keys go. */
const steps: Readonly<Record<string, KeyStep>> = {
  'keys/upload': { path: '/keys/upload', flow: messageExchange },
  'keys/device_signing/upload': { path: '/keys/device_signing/upload', flow: messageExchange },
  'keys/signatures/upload': { path: '/keys/signatures/upload', flow: messageExchange, isEmpty: true },
  'keys/query': { path: '/keys/query', flow: messageExchange },
  'keys/claim': { path: '/keys/claim', flow: messageExchange },
  sendToDevice: { path: '/sendToDevice/', flow: messageExchange, isEmpty: true },
  'room_keys/version': { path: '/room_keys/version', flow: backupRestore },
  'room_keys/keys': { path: '/room_keys/keys', flow: backupRestore },
  sync: { path: '/sync', flow: messageExchange, isBad: bringsKeys },
};

function badlyAnswering(send: HttpSend, { path, isBad }: KeyStep, bad: Badness): HttpSend {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.includes(path)) return send(request);
    if (isBad === undefined) return bad(request, () => send(request));
    const answer = await send(request);
    return isBad(answer, pathname) ? bad(request, async () => answer) : answer;
  };
}

const everyStep: Readonly<Record<string, KeyStep>> = {
  'all of a conversation': { path: '', flow: messageExchange, isBad: tellsOfKeys },
  'all of a backup': { path: '', flow: backupRestore, isBad: tellsOfKeys },
};

const cases = Object.entries(badnesses).flatMap(([badness, how]) =>
  Object.entries(how.mayPass ? everyStep : steps)
    .filter(([step]) => how.only?.includes(step) ?? true)
    .map(([step, asked]) => ({ step, badness, asked, how })),
);

describe.skipIf(missing !== undefined)(`a homeserver${missing === undefined ? '' : ` (${missing})`}`, () => {
  const runs = new Map<string, CheckRun>();
  let bench: Bench;
  let deployment: Awaited<ReturnType<typeof deploy>>;

  const runOf = async (flow: EncryptionFlow, its: Bench): Promise<CheckRun> => {
    await using runtime = await family.open(its);
    const check = { ...flow, meta: { ...flow.meta, timeoutMs } };
    const { signal } = new AbortController();
    return runCheck({ runtime, check, seed: 'bad', clock: systemClock, signal, createAbort });
  };

  beforeAll(async () => {
    deployment = await deploy({ name: 'process', provider: processProvider, tools });
    bench = deployment.bench;
  });
  afterAll(() => deployment?.[Symbol.asyncDispose]());

  test('that answers badly lets every flow come to its end', async () => {
    await inParallel(cases, atOnce, async ({ step, badness, asked, how }) => {
      const send = badlyAnswering(bench.send, asked, how.create());
      runs.set(`${step} ${badness}`, await runOf(asked.flow, { ...bench, send }));
    });
    expect([...runs.values()].every(({ durationMs }) => durationMs < timeoutMs + 10_000)).toBe(true);
  });

  test.each(cases)('that $badness $step is told with its step and with what was seen', ({ step, badness, ...one }) => {
    const run = runs.get(`${step} ${badness}`) ?? expect.fail('it was not run');
    const mayPass = one.how.mayPass || (badness === 'corrupts' && one.asked.isEmpty === true);
    expect(tellsStep(run, mayPass), JSON.stringify(run.outcome)).toBe(true);
    expect(run.evidence.filter(({ name }) => name.startsWith('HTTP-Mitschnitt')).length).toBeGreaterThan(0);
    expect(run.evidence.find(({ name }) => name === 'Ablauf')).toBeDefined();
  });
});

/** Whether nobody takes it for a pass that it is not, and a reader learns which request, or which work of a device, did not go on. */
function tellsStep({ outcome }: CheckRun, mayPass: boolean): boolean {
  if (outcome.kind === 'passed') return mayPass;
  if (outcome.kind === 'failed') return outcome.findings.every(({ where }) => where.includes('→'));
  if (outcome.kind === 'inconclusive') return outcome.reason.startsWith('void: ');
  return (
    outcome.kind === 'rigFault' &&
    outcome.code !== 'defect' &&
    /keys\/|room_keys|sync|sendToDevice|createRoom|: (join|send) \(/.test(outcome.message)
  );
}
