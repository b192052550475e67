import { errors, type Locator, type Page } from 'playwright-core';
import type { ClientDriver, Credentials } from './client-driver.ts';
import { keyBackupDialog, openKeyBackup, setUpKeyBackup } from './element-key-backup.ts';
import { elementSafeguards } from './element-safeguards.ts';
import { elementVerification } from './element-verification.ts';
import { elementWriting } from './element-writing.ts';

/** A first login creates keys and loads the whole application. */
const loginTimeoutMs = 60_000;

/** The Element interface in German, as in the shell that is served by default. `address` is the client's, without trailing slash. */
export function createElementDriver(address: string): ClientDriver {
  return {
    name: 'Element (matrix-react-sdk)',
    openLogin: async (page) => {
      await closeHintsInTheWay(page);
      await page.goto(`${address}/#/login`);
      await page.locator('input[name=password]').waitFor();
      await signInButton(page).waitFor();
    },
    reopen: async (page) => {
      await closeHintsInTheWay(page);
      await page.goto(`${address}/#/home`);
      await roomList(page).waitFor({ timeout: loginTimeoutMs });
    },
    logIn,
    openHome: async (page) => {
      // The house in the side bar leads back to the room seen last; only the shortcut always shows the home view.
      await page.keyboard.press('Control+Alt+h');
      await page.getByRole('heading', { name: /^Willkommen/ }).waitFor();
    },
    acceptInvitation: async (page, roomName) => {
      await roomInList(page, roomName).click();
      await page.getByRole('button', { name: 'Annehmen', exact: true }).click();
      await composer(page).waitFor();
    },
    openRoom: async (page, roomName) => {
      await roomInList(page, roomName).click();
      await page.getByRole('banner').getByRole('heading', { name: roomName }).waitFor();
      await composer(page).waitFor();
    },
    createRoom: async (page, roomName) => {
      await page.getByRole('button', { name: 'Raum hinzufügen' }).click();
      await page.getByRole('menuitem', { name: 'Neuer Raum' }).click();
      const dialog = page.getByRole('dialog', { name: 'Einen privaten Raum erstellen' });
      await dialog.getByRole('textbox', { name: 'Name' }).fill(roomName);
      await dialog.getByRole('button', { name: 'Raum erstellen' }).click();
      await page.getByRole('banner').getByRole('heading', { name: roomName }).waitFor();
      await composer(page).waitFor();
    },
    send: async (page, text) => {
      await composer(page).click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      // Until the server has accepted it, an event has a provisional id that begins with "~".
      await tileWith(page, text, '[data-event-id^="$"]').waitFor();
    },
    closeHints: async (page) => {
      while (await firstHint(page).isVisible()) await closeHint(firstHint(page));
    },
    waitForMessage: (page, text) => tileWith(page, text).waitFor(),
    readTimeline,
    signOut,
    verification: elementVerification,
    recovery: { logInAndRestore },
    safeguards: elementSafeguards,
    writing: elementWriting,
  };
}

const signInButton = (page: Page) => page.getByRole('button', { name: 'Anmelden', exact: true });
const roomList = (page: Page) => page.getByRole('tree', { name: 'Räume' }).last();
const composer = (page: Page) => page.getByRole('textbox', { name: /Nachricht senden/ });

/** Behind the name may stand how many messages are unread. */
const roomInList = (page: Page, roomName: string) => roomList(page).getByRole('treeitem', { name: roomName });

const tiles = (page: Page, condition = '') => page.locator(`.mx_EventTile:has(.mx_EventTile_body)${condition}`);

const tileWith = (page: Page, text: string, condition = '') =>
  tiles(page, condition)
    .filter({ has: page.getByText(text, { exact: true }) })
    .last();

async function logIn(page: Page, credentials: Credentials): Promise<void> {
  const { passphrase, onRecoveryKey } = credentials;
  // Where key backup is demanded, its dialog opens some time after the room list is shown.
  if (passphrase !== undefined) {
    await page.addLocatorHandler(
      keyBackupDialog(page),
      // Nobody waits for this; where it fails, the dialog stays and the step behind it is the one that is told.
      () => setUpKeyBackup(page, passphrase).then(onRecoveryKey, () => undefined),
      { times: 1 },
    );
  }
  await fillIn(page, credentials);
  await roomList(page).waitFor({ timeout: loginTimeoutMs });
}

async function logInAndRestore(page: Page, credentials: Credentials, recoveryKey: string): Promise<void> {
  await fillIn(page, credentials);
  await openKeyBackup(page, recoveryKey);
  await roomList(page).waitFor({ timeout: loginTimeoutMs });
}

async function fillIn(page: Page, { userId, password }: Credentials): Promise<void> {
  await page.locator('input[name=username]').fill(userId);
  // Some engines leave this field empty when it is filled at once.
  await page.locator('input[name=password]').click();
  await page.keyboard.type(password);
  await signInButton(page).click();
}

/** Hints appear when they like; one that covers a control is closed before the control is used. */
const closeHintsInTheWay = (page: Page) =>
  // Nobody waits for this, so it must not fail when the page is closed meanwhile.
  page.addLocatorHandler(firstHint(page), (hint) => closeHint(hint).catch(() => undefined), { noWaitAfter: true });

const firstHint = (page: Page): Locator =>
  page
    .getByRole('alert')
    .getByRole('button', { name: 'Ausblenden' })
    .or(page.getByRole('dialog', { name: 'Thread-Übersicht' }).getByRole('button', { name: 'Ok' }))
    .first();

/** Some hints go away by themselves, also while they are being closed. */
async function closeHint(hint: Locator): Promise<void> {
  try {
    await hint.click({ timeout: 2_000 });
  } catch (thrown) {
    if (!(thrown instanceof errors.TimeoutError)) throw thrown;
  }
}

async function readTimeline(page: Page) {
  const texts = await tiles(page).all();
  return Promise.all(
    texts.map(async (tile) => ({
      sender: (await tile.locator('.mx_DisambiguatedProfile_displayName').allTextContents()).join(''),
      text: (await tile.locator('.mx_EventTile_body').first().textContent()) ?? '',
    })),
  );
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Benutzermenü' }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Abmelden' });
  await confirm.or(signInButton(page)).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await signInButton(page).waitFor();
}
