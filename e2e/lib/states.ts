import './sdk/quiet-library.ts';

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Account, Bench } from '../../core/model/bench.ts';
import { firstLineOf, RigError } from '../../core/model/rig-error.ts';
import type { ClientDriver } from '../clients/client-driver.ts';
import type { Alteration } from './alteration.ts';
import type { Profile, Stage } from './browser/stage.ts';
import { untilQuiet } from './browser/until-quiet.ts';
import { waitedFor } from './client-steps.ts';
import type { CryptoDevice } from './crypto-device.ts';
import { once } from './once.ts';
import { openSdkDevice } from './sdk/device.ts';

/** Views of a client that a person reaches by ordinary actions. */
export const stateNames = ['login', 'home', 'room'] as const;

export type StateName = (typeof stateNames)[number];

/** In which profile a state is reached. */
export const profileOf = (state: StateName): Profile => (state === 'login' ? 'guest' : 'member');

/** As reports call them. */
export const stateTitles: Readonly<Record<StateName, string>> = {
  login: 'Anmeldung',
  home: 'Startseite',
  room: 'Raum',
};

export interface States extends AsyncDisposable {
  /** Resolves with the page when it shows that state, at rest and without hints. With an alteration the client is loaded anew. */
  reach(state: StateName, alteration?: Alteration): Promise<Page>;
}

export interface StatesOptions {
  readonly bench: Bench;
  readonly stage: Stage;
  readonly driver: ClientDriver;
}

const room = {
  name: 'Prüfraum',
  fromCompanion: 'Guten Morgen, das ist eine Prüfnachricht von einem anderen Gerät.',
  fromPerson: 'Guten Morgen, das ist die Antwort aus dem Browser.',
} as const;

/** For each condition the companion's device waits for. */
const deadlineMs = 30_000;

/** One person logs in once, whatever is asked for later: logins are limited. The companion writes from a device of its own. */
export function openStates(options: StatesOptions): States {
  const stop = new AbortController();
  let companion: CryptoDevice | undefined;
  const enter = once(async () => {
    const account = await options.bench.accounts.lease('anna', 'ordinary');
    companion = await openCompanion(options.bench, stop.signal);
    await firstVisit(options, account, companion);
  });
  const reach = async (state: StateName, alteration?: Alteration) => {
    if (profileOf(state) === 'member') await enter();
    const page = await (state === 'login' ? loginPage(options, alteration) : memberPage(options, state, alteration));
    await comeToRest(options.driver, page);
    return page;
  };
  return {
    reach: async (state, alteration) => {
      const troublesBefore = options.stage.troubles.length;
      return reach(state, alteration).catch((thrown) => {
        // That the target did not answer explains why the view did not come.
        throw rigErrorIn(options.stage.troubles.slice(troublesBefore)) ?? notReached(state, thrown);
      });
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await companion?.[Symbol.asyncDispose]();
    },
  };
}

async function openCompanion(bench: Bench, signal: AbortSignal): Promise<CryptoDevice> {
  const account = await bench.accounts.lease('bob');
  const session = await bench.accounts.login(account, 'Prüfgerät bob');
  const { homeserverUrl } = bench.target;
  return openSdkDevice({ person: 'bob', session, homeserverUrl, send: bench.send, signal, deadlineMs, isFirst: true });
}

/** The person is invited, logs in, joins, reads and answers: afterwards nothing is unread. */
async function firstVisit({ stage, driver }: StatesOptions, account: Account, companion: CryptoDevice): Promise<void> {
  const { userId, password } = account;
  if (password === undefined)
    throw new RigError('defect', `${userId} has no password although it is an ordinary account`);
  const roomId = await companion.createEncryptedRoom({ name: room.name, invite: [userId] });
  const { page } = await stage.page('member');
  await driver.openLogin(page);
  await driver.logIn(page, { userId, password, passphrase: randomUUID() });
  await driver.acceptInvitation(page, room.name);
  await companion.waitForMember(roomId, userId);
  await companion.sendText(roomId, room.fromCompanion);
  await driver.waitForMessage(page, room.fromCompanion);
  await driver.send(page, room.fromPerson);
  const author = await companion.waitForText(roomId, room.fromPerson);
  if (author !== userId) throw new Error('the other device could not read the message from the browser');
}

async function loginPage({ stage, driver }: StatesOptions, alteration: Alteration | undefined): Promise<Page> {
  const { page, isNew } = await stage.page('guest', alteration);
  if (isNew) await driver.openLogin(page);
  return page;
}

async function memberPage(
  { stage, driver }: StatesOptions,
  state: 'home' | 'room',
  alteration: Alteration | undefined,
): Promise<Page> {
  const { page, isNew } = await stage.page('member', alteration);
  if (isNew) await driver.reopen(page);
  if (state === 'home') {
    await driver.openHome(page);
    return page;
  }
  await driver.openRoom(page, room.name);
  await driver.waitForMessage(page, room.fromCompanion);
  await driver.waitForMessage(page, room.fromPerson);
  return page;
}

/** Hints may appear late: what comes while the page calms down is closed too. The pointer leaves the window. */
async function comeToRest(driver: ClientDriver, page: Page): Promise<void> {
  await page.mouse.move(-10, -10);
  await driver.closeHints(page);
  await untilQuiet(page, { quietMs: 500, deadlineMs: 10_000 });
  await driver.closeHints(page);
}

const rigErrorIn = (troubles: readonly unknown[]) => troubles.find((trouble) => trouble instanceof RigError);

function notReached(state: StateName, cause: unknown): RigError {
  if (cause instanceof RigError) return cause;
  const why = [firstLineOf(cause), waitedFor(cause)].filter(Boolean).join(' – ');
  return new RigError(
    'targetRefused',
    {
      de: `Der Web-Client zeigte „${stateTitles[state]}“ nicht innerhalb der Frist: ${why}`,
      en: `The web client did not show "${state}" in time: ${why}`,
    },
    { cause },
  );
}
