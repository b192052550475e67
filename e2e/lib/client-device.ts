import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';
import type { Evidence } from '../../core/model/evidence.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type {
  ClientDriver,
  Credentials,
  SafeguardViews,
  VerificationControls,
  WritingControls,
} from '../clients/client-driver.ts';
import { type PageDoings, watchDoings } from './browser/page-doings.ts';
import { stepTimeoutMs } from './browser/people-browser.ts';
import type { BlockedRequest } from './browser/serve-through-bench.ts';
import { comes, createStep, type Step, type StepName } from './client-steps.ts';

/** Controls of a client on the page of one person. */
export type OnPage<Controls> = {
  readonly [Name in keyof Controls]: Controls[Name] extends (page: Page, ...rest: infer Rest) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/**
 * A person's device as the person has it: a web client in a browser of its own.
 * A step the client does not take in time is thrown as a RigError that names the step.
 */
export interface ClientDevice extends AsyncDisposable {
  /** The person's name in checks: alice, bob. */
  readonly person: string;
  readonly userId: string;
  /** Name of the client, for reports. */
  readonly client: string;
  /** Waits for the invitation, accepts it; resolves when a message can be typed. */
  acceptInvitation(roomName: string): Promise<void>;
  openRoom(roomName: string): Promise<void>;
  /** Creates a private room; resolves when a message can be typed in it. */
  createRoom(roomName: string): Promise<void>;
  /** Loads the client anew, as people do in the morning; the person stays logged in. */
  reopen(): Promise<void>;
  /** Resolves when the server has accepted the message; the room must be open. */
  sendText(text: string): Promise<void>;
  /** Whether a readable message with this text comes to stand in the open room before the deadline. */
  waitForText(text: string): Promise<boolean>;
  /** Keeps a picture of the page, and what its accessibility tree holds, as evidence. */
  keepPicture(title: string): Promise<void>;
  /** Requests of the page to anybody but the target and the client's own address; none of them left the browser. */
  readonly foreignRequests: readonly BlockedRequest[];
  /** From now on the page has a function of that name, and what it does without being asked is noted. */
  watchDoings(functionName: string): Promise<PageDoings>;
  /** The recovery key, once the client has shown it to the person. */
  recoveryKey(): string | undefined;
  /** Absent where the client offers no comparison of emojis. */
  readonly verification?: OnPage<VerificationControls>;
  /** Absent where nothing is judged in the client's interface. */
  readonly safeguards?: OnPage<SafeguardViews>;
  /** Absent where nothing is judged of how people write with the client. */
  readonly writing?: OnPage<WritingControls>;
}

export interface ClientDeviceOptions {
  readonly person: string;
  readonly driver: ClientDriver;
  readonly page: Page;
  readonly credentials: Credentials;
  /** With it the person opens the key backup at login. */
  readonly recoveryKey?: string;
  readonly signal: AbortSignalLike;
  /** Why requests of the page got no answer. */
  readonly troubles: readonly unknown[];
  readonly foreignRequests: readonly BlockedRequest[];
  keep(evidence: Evidence): void;
}

/** Resolves when the person is logged in and sees the room list. The page's context ends with the device. */
export async function openClientDevice(options: ClientDeviceOptions): Promise<ClientDevice> {
  const { person, driver, page, credentials, signal, troubles, foreignRequests } = options;
  const keepPicture = (title: string) => pictureOf(options, `${title} (${person}, ${driver.name})`);
  // Nobody may wait for a picture of a page that is gone.
  const onFailed = (title: string) => keepPicture(title).catch(() => undefined);
  const step = createStep({ person, client: driver.name, signal, troubles, onFailed });
  const close = () => page.context().close();
  signal.addEventListener('abort', () => void close());
  const keys: string[] = [];
  try {
    await step('openLogin', () => driver.openLogin(page));
    await enter(options, { ...credentials, onRecoveryKey: (key) => void keys.push(key) }, step);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    person,
    userId: credentials.userId,
    client: driver.name,
    acceptInvitation: (roomName) => step('acceptInvitation', () => driver.acceptInvitation(page, roomName)),
    openRoom: (roomName) => step('openRoom', () => driver.openRoom(page, roomName)),
    createRoom: (roomName) => step('createRoom', async () => creating(driver)(page, roomName)),
    reopen: () => step('reopen', () => reopen(page, driver)),
    sendText: (text) => step('send', () => driver.send(page, text)),
    waitForText: (text) => waitForText(options, text),
    keepPicture,
    foreignRequests,
    watchDoings: (functionName) => watchDoings(page, functionName),
    recoveryKey: () => keys.at(-1),
    ...(driver.verification && { verification: onPage(driver.verification, page, step) }),
    ...(driver.safeguards && { safeguards: onPage(driver.safeguards, page, step) }),
    ...(driver.writing && { writing: onPage(driver.writing, page, step) }),
    [Symbol.asyncDispose]: close,
  };
}

async function enter(
  { driver, page, recoveryKey }: ClientDeviceOptions,
  credentials: Credentials,
  step: Step,
): Promise<void> {
  if (recoveryKey === undefined) return step('logIn', () => driver.logIn(page, credentials));
  const { recovery } = driver;
  if (recovery === undefined) throw new RigError('defect', `${driver.name} opens no key backup`);
  return step('logInAndRestore', () => recovery.logInAndRestore(page, credentials, recoveryKey));
}

function creating({ name, createRoom }: ClientDriver): NonNullable<ClientDriver['createRoom']> {
  if (createRoom === undefined) throw new RigError('defect', `${name} creates no rooms`);
  return createRoom;
}

/** An address that differs only behind its # does not load anything. */
async function reopen(page: Page, driver: ClientDriver): Promise<void> {
  await page.goto('about:blank');
  await driver.reopen(page);
}

/** A message that did not come by then does not come. */
const readDeadlineMs = 30_000;

async function waitForText({ page, driver }: ClientDeviceOptions, text: string): Promise<boolean> {
  page.setDefaultTimeout(readDeadlineMs);
  try {
    return await comes(() => driver.waitForMessage(page, text));
  } finally {
    page.setDefaultTimeout(stepTimeoutMs);
  }
}

async function pictureOf({ page, keep, credentials, recoveryKey }: ClientDeviceOptions, name: string): Promise<void> {
  const picture = Buffer.from(await page.screenshot());
  // The tree holds what eyes see as dots.
  const secrets = [credentials.password, credentials.passphrase, recoveryKey].filter((one) => one !== undefined);
  const shown = await page.locator('body').ariaSnapshot();
  const tree = secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), shown);
  keep({ name: `Bildschirmfoto ${name}`, mediaType: 'image/png', content: picture });
  keep({ name: `Barrierefreiheitsbaum ${name}`, mediaType: 'text/plain', content: tree });
}

type Control = (page: Page, ...rest: readonly unknown[]) => Promise<unknown>;

function onPage<Controls extends object>(controls: Controls, page: Page, step: Step): OnPage<Controls> {
  const bound = Object.entries(controls as Record<StepName, Control>).map(([name, control]) => [
    name,
    (...rest: readonly unknown[]) => step(name as StepName, () => control(page, ...rest)),
  ]);
  return Object.fromEntries(bound) as OnPage<Controls>;
}
