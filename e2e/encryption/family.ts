import '../lib/sdk/quiet-library.ts';

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRecorder, type Recorder } from '../../core/http/recorder.ts';
import type { BackgroundLoad, LoadOptions } from '../../core/model/background-load.ts';
import type { Account, Bench, Session } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { ContextOptions, Family, FamilyRuntime, OpenContext } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { createRandom } from '../../core/random.ts';
import { systemClock } from '../../core/system-clock.ts';
import { sendAltered } from '../lib/alteration.ts';
import type { FetchFile } from '../lib/client-files.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { Death } from '../lib/death.ts';
import { openPageDevice, type PageDevice } from '../lib/page-device/open-page-device.ts';
import { openSdkDevice, type SdkDeviceOptions } from '../lib/sdk/device.ts';
import { createWireLog, type WireLog } from '../lib/wire/wire-log.ts';
import type { DeviceWish, EncryptionContext, EncryptionDefect, LoadBeside } from './context.ts';
import { openLightRecipients } from './light-recipients.ts';
import { peopleAtClients, type SharedBrowser, shareBrowser } from './people-at-clients.ts';
import { seenBy, type Traffic } from './seen-evidence.ts';
import { variantsBeside } from './variants.ts';

/** For each condition a device waits for; ordinary values lie below two seconds. */
const ordinaryDeadlineMs = 20_000;

/** Devices compute in this one process, and for a third of its time a flow waits. */
const atOnce = 4;

/** Who waits for what a defect withholds needs nothing of the deployment. */
export const provenFlowsAtOnce = 6;

export interface EncryptionFamilyOptions {
  /** Without it no flow runs under load. */
  readonly load?: BackgroundLoad;
  /** In place of the full scale, which only runs with a defect are spared. */
  readonly loadScale?: LoadOptions['scale'];
  readonly concurrency?: number;
  /** In place of the ordinary one, for each condition a device waits for. */
  readonly deadlineMs?: number;
}

export const createEncryptionFamily = (
  family: EncryptionFamilyOptions = {},
): Family<EncryptionContext, EncryptionDefect> => ({
  name: 'encryption',
  folder: 'e2e/encryption',
  suffix: '.flow.ts',
  concurrency: family.concurrency ?? atOnce,
  open: async (bench): Promise<FamilyRuntime<EncryptionContext, EncryptionDefect>> => {
    const browser = shareBrowser(bench);
    return {
      contextFor: async (_check, options) => openContext(bench, options, { ...family, browser }),
      [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
    };
  },
});

export const encryptionFamily = createEncryptionFamily();

function openContext(
  bench: Bench,
  options: ContextOptions<EncryptionDefect>,
  family: EncryptionFamilyOptions & { readonly browser: SharedBrowser },
): OpenContext<EncryptionContext> {
  const wire = createWireLog();
  const opened: OpenedDevice[] = [];
  const traffic: Traffic[] = [];
  const shared = { wire, traffic, deadlineMs: family.deadlineMs ?? ordinaryDeadlineMs };
  const accounts = new Map<string, Promise<Account>>();
  let isClosed = false;
  const kept = async (opening: Promise<OpenedDevice>) => {
    const one = await opening;
    opened.push(one);
    // The check may have ended while this device was still starting.
    if (isClosed) await one.device[Symbol.asyncDispose]();
    return one.device;
  };
  const device: EncryptionContext['device'] = async (person, wish = {}) => {
    const { name, dies, kind } = wish;
    const isFirst = !accounts.has(person);
    const account = accounts.get(person) ?? bench.accounts.lease(person, kind);
    accounts.set(person, account);
    const title = name === undefined ? person : `${person} (${name})`;
    const session = await bench.accounts.login(await account, `Prüfgerät ${title}`);
    const own = { ...ownOf(wish, session), ...passwordOf(await account), title, session, isFirst };
    const plan = { ...options, ...shared, ...own };
    return kept(dies === undefined ? openDevice(bench, plan) : openAgain(bench, plan, dies));
  };
  const reopened = async (before: CryptoDevice, storeFor: StoreAfter, end = closed) => {
    const known = storedOne(opened, before);
    await end(known);
    return kept(openDevice(bench, { ...known.plan, ...storeFor(known.plan), isReopened: true }));
  };
  const people = peopleAtClients({ ...options, ...family, bench, wire, accounts });
  const ownEvidence: Evidence[] = [];
  const variants = variantsBeside(bench, options, (its, seed) => openContext(its, { ...options, seed }, family));
  return {
    context: {
      random: createRandom(options.seed),
      wire,
      device,
      restarted: (before) => reopened(before, storeAfterEnd),
      killed: (before) => reopened(before, () => ({}), killedBrowser),
      evicted: (before) => reopened(before, emptyStore),
      keep: (evidence) => void ownEvidence.push(evidence),
      lightRecipients: recipientsFor(bench, wire, options),
      client: people.client,
      variant: variants.variant,
      ...accessesOf(bench, options, family),
    },
    evidence: async () => {
      const seen = seenBy({ wire, opened, traffic, clients: people.parties() });
      return [...ownEvidence, ...seen, ...people.evidence(), ...(await variants.evidence())];
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await variants[Symbol.asyncDispose]();
      await people[Symbol.asyncDispose]();
      await Promise.all(opened.map((one) => endOf(bench, one)));
    },
  };
}

/** What some targets let a flow look at, and others do not. */
const accessesOf = (bench: Bench, options: ContextOptions<EncryptionDefect>, family: EncryptionFamilyOptions) => {
  const load = loadOf(bench, options, family);
  return {
    ...keptBy(bench),
    ...(load && { load }),
    ...(bench.target.clientUrl !== undefined && { webClient: clientOf(bench, options, bench.target.clientUrl) }),
  };
};

function clientOf({ send }: Bench, { defect }: ContextOptions<EncryptionDefect>, clientUrl: string): FetchFile {
  const sendAsVisitor = sendAltered('Web-Client', send, alterationOf(defect));
  return (path) => sendAsVisitor({ method: 'GET', url: `${clientUrl}/${path}` });
}

const keptBy = ({ database, mediaStore, serverLog, surroundings, outage }: Bench) => ({
  ...(database && { database }),
  ...(mediaStore && { mediaStore }),
  ...(serverLog && { serverLog }),
  ...(surroundings && { surroundings }),
  ...(outage && { outage }),
});

const recipientsFor =
  (bench: Bench, wire: WireLog, options: ContextOptions<EncryptionDefect>): EncryptionContext['lightRecipients'] =>
  async (person, count, roomId) => {
    const account = await bench.accounts.lease(person);
    return openLightRecipients({ bench, account, wire, ...options }, { person, count, roomId });
  };

function loadOf(
  bench: Bench,
  options: ContextOptions<EncryptionDefect>,
  { load, loadScale }: EncryptionFamilyOptions,
): LoadBeside | undefined {
  if (load === undefined) return undefined;
  const scale = loadScale ?? (options.defect === undefined ? 'full' : 'small');
  return { scale, beside: (work) => load.beside({ ...options, bench, scale }, work) };
}

const ownOf = ({ stored, between, runsIn, killedAt }: DeviceWish, { deviceId }: Session) => ({
  ...((stored || runsIn === 'browser') && { store: `pruefstand ${deviceId}` }),
  ...(between && { between }),
  ...(runsIn && { runsIn }),
  ...(killedAt && { killedAt }),
});

const passwordOf = ({ password }: Account) => (password === undefined ? {} : { password });

interface OpenedDevice {
  readonly device: CryptoDevice;
  readonly recorder: Recorder;
  readonly plan: DevicePlan;
  /** Of a device in a browser. */
  readonly kill?: () => Promise<void>;
}

type DevicePlan = ContextOptions<EncryptionDefect> &
  Pick<
    SdkDeviceOptions,
    'session' | 'isFirst' | 'store' | 'isReopened' | 'isStartedAgain' | 'password' | 'deadlineMs'
  > & {
    /** How evidence and the wire name the device. */
    readonly title: string;
    readonly wire: WireLog;
    /** Takes its traffic in from the start. */
    readonly traffic: Traffic[];
  } & Pick<DeviceWish, 'between' | 'runsIn' | 'killedAt'>;

async function openDevice(bench: Bench, plan: DevicePlan): Promise<OpenedDevice> {
  const { title, wire, traffic, defect, between = (send) => send } = plan;
  const recorder = createRecorder(between(sendAltered(title, bench.send, alterationOf(defect)), title), systemClock);
  traffic.push({ person: title, recorder });
  const { homeserverUrl } = bench.target;
  const send = wire.listen(title, recorder.send);
  const all = { ...plan, person: title, homeserverUrl, send };
  const { device, kill } =
    plan.runsIn === 'browser' ? await openInBrowser(bench, all) : { device: await openSdkDevice(all), kill: undefined };
  return { device: weakenedBy(defect, device), recorder, plan, ...(kill && { kill }) };
}

function storedOne(opened: readonly OpenedDevice[], device: CryptoDevice): OpenedDevice {
  const known = opened.find((one) => one.device === device);
  if (known?.plan.store === undefined) throw new RigError('defect', 'only a stored device can be restarted');
  return known;
}

type StoreAfter = (plan: DevicePlan) => Pick<DevicePlan, 'store'>;

/** Its program is ended in order. */
const closed = async ({ device }: OpenedDevice): Promise<void> => device[Symbol.asyncDispose]();

async function killedBrowser({ kill }: OpenedDevice): Promise<void> {
  if (kill === undefined) throw new RigError('defect', 'only a device in a browser can be killed so');
  await kill();
}

/** Its program ends while it starts; what opens is the program that was started after it. */
async function openAgain(bench: Bench, plan: DevicePlan, death: Death): Promise<OpenedDevice> {
  const end = new AbortController();
  plan.signal.addEventListener('abort', () => end.abort());
  void death.waitForEnd().then((isDead) => isDead && end.abort());
  const mortal = { ...plan, between: death.between };
  try {
    return await openDevice(bench, { ...mortal, signal: end.signal });
  } catch (thrown) {
    if (plan.signal.aborted || !death.isDead()) throw thrown;
    return openDevice(bench, { ...mortal, ...storeAfterEnd(plan), isStartedAgain: true });
  }
}

/** A device that forgets looks for its keys where there are none. */
const storeAfterEnd = ({ store, defect, title }: DevicePlan): Pick<DevicePlan, 'store'> =>
  typeof defect === 'object' && defect.forgetsStore && defect.person === title && store !== undefined
    ? emptyStore({ store })
    : {};

const emptyStore = ({ store }: Pick<DevicePlan, 'store'>): Pick<DevicePlan, 'store'> => ({ store: `${store} anew` });

function openInBrowser(bench: Bench, { killedAt, ...options }: DevicePlan & SdkDeviceOptions): Promise<PageDevice> {
  const executablePath = bench.tools.chromium;
  if (executablePath === undefined) throw new RigError('defect', 'a device in a browser needs chromium');
  const { defect, title, isReopened } = options;
  const isForgetful = typeof defect === 'object' && defect.person === title && defect.forgetsStore;
  return openPageDevice({
    ...options,
    executablePath,
    directory: directoryOf(bench, options),
    ...(isForgetful && { isForgetful }),
    ...(killedAt && !isReopened && { killedAt }),
  });
}

async function endOf(bench: Bench, { device, plan }: OpenedDevice): Promise<void> {
  await device[Symbol.asyncDispose]();
  await rm(directoryOf(bench, plan), { recursive: true, force: true });
}

/** Where the browser of a device keeps what it stores. */
const directoryOf = ({ scratchDirectory }: Bench, { session }: DevicePlan) => join(scratchDirectory, session.deviceId);

const alterationOf = (defect: EncryptionDefect | undefined) => (typeof defect === 'function' ? defect : undefined);

const weakenedBy = (defect: EncryptionDefect | undefined, device: CryptoDevice): CryptoDevice =>
  typeof defect === 'object' && defect.person === device.person ? { ...device, ...defect.weakened(device) } : device;
