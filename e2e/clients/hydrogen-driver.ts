import type { Page } from 'playwright-core';
import type { ClientDriver, Credentials } from './client-driver.ts';

/** A first login creates keys and asks for everything there is. */
const loginTimeoutMs = 60_000;

/** The hydrogen interface, which is in English. `address` is the client's, without trailing slash. */
export function createHydrogenDriver(address: string): ClientDriver {
  return {
    name: 'Hydrogen (hydrogen-view-sdk)',
    openLogin: async (page) => {
      await page.goto(`${address}/#/login`);
      await page.locator('input#password').waitFor();
    },
    reopen: async (page) => {
      await page.goto(`${address}/`);
      await roomList(page).waitFor({ timeout: loginTimeoutMs });
    },
    logIn,
    closeHints: async () => {},
    // The list of rooms is all the home there is.
    openHome: (page) => roomList(page).waitFor(),
    acceptInvitation: async (page, roomName) => {
      await roomInList(page, roomName).click();
      await page.getByRole('button', { name: 'Accept', exact: true }).click();
      await composer(page).waitFor();
    },
    openRoom: async (page, roomName) => {
      await roomInList(page, roomName).click();
      await page.locator('.RoomHeader').getByRole('heading', { name: roomName }).waitFor();
      await composer(page).waitFor();
    },
    send: async (page, text) => {
      await composer(page).click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await page.locator('.Timeline_message[data-event-id^="$"]').filter({ hasText: text }).last().waitFor();
    },
    waitForMessage: (page, text) => messages(page).filter({ hasText: text }).last().waitFor(),
    readTimeline: async (page) =>
      Promise.all(
        (await messages(page).all()).map(async (message) => ({
          sender: (await message.locator('.Timeline_messageSender').allTextContents()).join(''),
          text: (await message.locator('.Timeline_messageBody').first().innerText()).split('\n', 1)[0] ?? '',
        })),
      ),
    signOut: async (page) => {
      await openSettings(page);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.locator('.LogoutScreen').getByRole('button', { name: 'Log out' }).click();
      await page.locator('.LogoutScreen').waitFor({ state: 'hidden' });
    },
    recovery: {
      logInAndRestore: async (page, credentials, recoveryKey) => {
        await logIn(page, credentials);
        await openSettings(page);
        const useKey = page.getByRole('button', { name: 'use your security key' });
        const keyField = page.getByPlaceholder('Security key');
        await useKey.or(keyField).first().waitFor();
        if (await useKey.isVisible()) await useKey.click();
        await keyField.fill(recoveryKey);
        await page.getByRole('button', { name: /^(Set up|Decrypt|Use)/ }).click();
        await page.getByText(/Key backup is enabled/).waitFor();
      },
    },
  };
}

const roomList = (page: Page) => page.locator('.RoomList');
const roomInList = (page: Page, roomName: string) => roomList(page).getByRole('link', { name: roomName });
const composer = (page: Page) => page.locator('.MessageComposer textarea');
const messages = (page: Page) => page.locator('.Timeline_message:has(.Timeline_messageBody)');
const openSettings = (page: Page) => page.getByRole('link', { name: 'Settings', exact: true }).click();

async function logIn(page: Page, { userId, password }: Credentials): Promise<void> {
  await page.locator('input#username').fill(userId);
  await page.locator('input#password').click();
  await page.keyboard.type(password);
  await page.getByRole('button', { name: 'Log In', exact: true }).click();
  await roomList(page).waitFor({ timeout: loginTimeoutMs });
}
