import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { HttpSend } from '../../../core/http/http.ts';
import type { Session } from '../../../core/model/bench.ts';
import type { AbortSignalLike } from '../../../core/model/family-runtime.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { launchChromium } from '../browser/chromium.ts';
import type { BrowserSide, CryptoDevice, RoomKey, Secret, SoughtText } from '../crypto-device.ts';
import { answerRequests } from './answer-requests.ts';
import { killBrowser, processIdOf } from './browser-process.ts';
import type { PageDeviceOptions, Reply } from './contract.ts';
import { type PageFiles, pageFiles } from './page-files.ts';
import { broughtBy, type RemoteCall, type RemoteObject } from './remote-object.ts';
import { pageOrigin, servePage } from './serve-page.ts';
import { withinStep } from './within-step.ts';

export interface OpenPageDeviceOptions extends PageDeviceOptions {
  readonly send: HttpSend;
  readonly signal: AbortSignalLike;
  readonly executablePath: string;
  /** Of this device alone; its profile stays in it until somebody removes it. */
  readonly directory: string;
  /** What the page consists of, unless it is the one that is shipped. */
  readonly files?: PageFiles;
  /** For each step of starting; 20 s unless told. */
  readonly stepMs?: number;
}

export interface PageDevice {
  readonly device: CryptoDevice;
  /** Ends the browser in the middle of whatever it does; what it had stored by then stays. */
  kill(): Promise<void>;
}

/** One page that draws nothing needs no spare processes. */
const leanSwitches = ['--renderer-process-limit=1', '--in-process-gpu', '--disable-extensions'];

/** A browser with the page that will be a device. */
export interface DevicePage {
  /** Resolves like `openSdkDevice`; if it cannot, the browser is closed. */
  open(): Promise<CryptoDevice>;
  kill(): Promise<void>;
}

/** Starts a browser with a profile on the disk and loads the page with its cryptography. */
export async function launchDevicePage(options: OpenPageDeviceOptions): Promise<DevicePage> {
  const { executablePath, directory, signal, person, stepMs = 20_000 } = options;
  const files = options.files ?? (await pageFiles());
  const context = await launchChromium({ executablePath, scratchDirectory: directory, switches: leanSwitches });
  const close = async () => void (await context.close());
  const onStop = () => void close().catch(() => {});
  signal.addEventListener('abort', onStop);
  context.on('close', () => signal.removeEventListener('abort', onStop));
  const step = <T>(what: string, work: () => Promise<T>, deadlineMs = stepMs) =>
    withinStep({ person, what, deadlineMs }, work).catch(async (thrown: unknown) => {
      await close();
      throw thrown;
    });
  const page = context.pages()[0] ?? (await context.newPage());
  const console: string[] = [];
  page.on('console', (message) => void console.push(message.text()));
  const processId = await step('den Browser finden', () => processIdOf(context));
  const stopRequests = await answerRequests(page, options.send);
  context.on('close', stopRequests);
  await step('die Seite laden', async () => {
    await servePage(context, files);
    await page.goto(`${pageOrigin}/`, { timeout: 0 });
    await page.waitForFunction(() => 'pruefstandPage' in globalThis, undefined, { timeout: 0 });
  });
  await step('die Kryptografie laden (WebAssembly)', () =>
    page.evaluate(() => globalThis.pruefstandPage.loadCryptography()),
  );
  return {
    open: () =>
      step('das Gerät öffnen', () => openIn(page, { ...options, console, close }), stepMs + 2 * options.deadlineMs),
    kill: () => killBrowser(context, processId),
  };
}

interface Opening extends OpenPageDeviceOptions {
  readonly console: readonly string[];
  close(): Promise<void>;
}

/** What of its options the device in the page is told; the rest stays on this side. */
const told = [
  'person',
  'session',
  'homeserverUrl',
  'deadlineMs',
  'isFirst',
  'store',
  'isReopened',
  'isStartedAgain',
  'password',
] as const satisfies readonly (keyof PageDeviceOptions)[];

async function openIn(page: Page, options: Opening): Promise<CryptoDevice> {
  const { person, session, signal, close } = options;
  const warnings: string[] = [];
  const noting = async (work: () => Promise<Reply>): Promise<Reply> => {
    try {
      const reply = await work();
      warnings.push(...reply.warnings);
      return reply;
    } catch (cause) {
      throw unanswered(person, signal, cause);
    }
  };
  const call: RemoteCall = (...values) =>
    noting(() =>
      page.evaluate(([handle, method, rest]) => globalThis.pruefstandPage.call(handle, method, rest), values),
    );
  const all = Object.fromEntries(told.map((name) => [name, options[name]])) as unknown as PageDeviceOptions;
  const reply = await noting(() => page.evaluate((known) => globalThis.pruefstandPage.open(known), all));
  const methods = broughtBy(reply, call) as RemoteObject;
  // The page has the very methods of `openSdkDevice`, each of them as a promise.
  const device = methods as unknown as CryptoDevice;
  return {
    ...device,
    person,
    userId: session.userId,
    deviceId: session.deviceId,
    warnings,
    browser: browserSideOf(page, { ...options, device }),
    [Symbol.asyncDispose]: async () => {
      // A browser that was killed has nothing left to be closed.
      await methods['close']?.().catch(() => {});
      await close();
    },
  };
}

const browserSideOf = (
  page: Page,
  { console, session, device }: Opening & { readonly device: CryptoDevice },
): BrowserSide => ({
  console,
  secrets: async () => secretsFrom(session, await device.exportSecrets(), await device.exportRoomKeys()),
  storage: () => page.evaluate(() => globalThis.pruefstandPage.storage()),
  keepOpenly: (key, text) => page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, text] as const),
  // biome-ignore lint/suspicious/noConsole: what stands in the console is looked at
  say: (text) => page.evaluate((words) => globalThis.console.info(words), text),
});

const secretsFrom = (
  { accessToken }: Session,
  secrets: readonly Secret[],
  roomKeys: readonly RoomKey[],
): readonly SoughtText[] => [
  { what: 'Zugangstoken', value: accessToken },
  ...secrets.map(({ name, key }) => ({ what: `Schlüssel ${name}`, value: key })),
  // The first characters tell which key it is and from where on; behind them stands the secret.
  ...roomKeys.map(({ sessionKey }) => ({ what: 'Raumschlüssel', value: sessionKey.slice(20, 120) })),
];

const unanswered = (person: string, { aborted }: AbortSignalLike, cause: unknown) =>
  new RigError(
    aborted ? 'interrupted' : 'toolFailed',
    {
      de: `Der Browser mit dem Gerät von ${person} wurde beendet, bevor er geantwortet hat.`,
      en: `The browser with the device of ${person} ended before it answered.`,
    },
    { cause },
  );

export interface PageDeviceWish extends OpenPageDeviceOptions {
  /** The browser is killed at that moment, while the device is still starting, and started again with what it had stored. */
  readonly killedAt?: Promise<void>;
  /** What it had stored is lost when it is killed; for counterexamples. */
  readonly isForgetful?: boolean;
}

export async function openPageDevice(wish: PageDeviceWish): Promise<PageDevice> {
  const { killedAt, isForgetful = false, ...options } = wish;
  const profile = options.directory;
  const page = await launchDevicePage(options);
  const kill = async () => {
    await page.kill();
    if (isForgetful) await rm(profile, { recursive: true, force: true });
  };
  if (killedAt === undefined) return { device: await page.open(), kill };
  const opening = page.open().then(() => true);
  const isOpen = await Promise.race([opening, killedAt.then(() => false)]);
  // What is cut off fails, and that is what was wanted.
  opening.catch(() => {});
  await kill();
  if (isOpen) throw new RigError('targetRefused', neverCame(options.person));
  return openPageDevice({ ...options, isForgetful, isReopened: true });
}

const neverCame = (person: string) => ({
  de: `Der Augenblick, in dem das Gerät von ${person} abgebrochen werden sollte, kam nicht.`,
  en: `The moment at which the device of ${person} was to be killed never came.`,
});
