import { createRecorder, type Recorder } from '../../core/http/recorder.ts';
import type { Bench } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { ContextOptions, Family, FamilyRuntime, OpenContext } from '../../core/model/family-runtime.ts';
import { createRandom } from '../../core/random.ts';
import { systemClock } from '../../core/system-clock.ts';
import { sendAltered } from '../lib/alteration.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import { openSdkDevice } from '../lib/sdk/device.ts';
import { createWireLog, type WireLog } from '../lib/wire/wire-log.ts';
import type { EncryptionContext, EncryptionDefect } from './context.ts';

/** For each condition a device waits for; ordinary values lie below two seconds. */
const deadlineMs = 20_000;

export const encryptionFamily: Family<EncryptionContext, EncryptionDefect> = {
  name: 'encryption',
  folder: 'e2e/encryption',
  suffix: '.flow.ts',
  concurrency: 2,
  open: async (bench): Promise<FamilyRuntime<EncryptionContext, EncryptionDefect>> => ({
    contextFor: async (_check, options) => openContext(bench, options),
    [Symbol.asyncDispose]: async () => undefined,
  }),
};

function openContext(bench: Bench, options: ContextOptions<EncryptionDefect>): OpenContext<EncryptionContext> {
  const wire = createWireLog();
  const opened: OpenedDevice[] = [];
  let isClosed = false;
  const device = async (person: string) => {
    const one = await openDevice(bench, { ...options, person, wire });
    opened.push(one);
    // The check may have ended while this device was still starting.
    if (isClosed) await one.device[Symbol.asyncDispose]();
    return one.device;
  };
  const { database } = bench;
  return {
    context: { random: createRandom(options.seed), wire, device, ...(database && { database }) },
    evidence: async () => opened.flatMap(evidenceOf),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all(opened.map((one) => one.device[Symbol.asyncDispose]()));
    },
  };
}

interface OpenedDevice {
  readonly device: CryptoDevice;
  readonly recorder: Recorder;
}

type DeviceOptions = ContextOptions<EncryptionDefect> & { readonly person: string; readonly wire: WireLog };

async function openDevice(bench: Bench, { person, wire, signal, defect }: DeviceOptions): Promise<OpenedDevice> {
  const account = await bench.accounts.lease(person);
  const session = await bench.accounts.login(account, `Prüfgerät ${person}`);
  const recorder = createRecorder(sendAltered(person, bench.send, defect), systemClock);
  const { homeserverUrl } = bench.target;
  const send = wire.listen(person, recorder.send);
  return { device: await openSdkDevice({ person, session, homeserverUrl, send, signal, deadlineMs }), recorder };
}

const evidenceOf = ({ device: { person, warnings }, recorder }: OpenedDevice): readonly Evidence[] => [
  trafficEvidence(person, recorder),
  ...warningEvidence(person, warnings),
];

const trafficEvidence = (person: string, recorder: Recorder): Evidence => ({
  name: `HTTP-Mitschnitt von ${person}`,
  mediaType: 'application/json',
  content: JSON.stringify(recorder.exchanges, null, 1),
});

const warningEvidence = (person: string, warnings: readonly string[]): readonly Evidence[] =>
  warnings.length === 0
    ? []
    : [{ name: `Warnungen des Geräts von ${person}`, mediaType: 'text/plain', content: warnings.join('\n') }];
