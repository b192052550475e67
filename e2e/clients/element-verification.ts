import type { Page } from 'playwright-core';
import type { VerificationControls } from './client-driver.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** How people compare emojis in the Element interface; what it asks for stands in a panel beside the room. */
export const elementVerification: VerificationControls = {
  ask: async (page, userId) => {
    const localpart = userId.slice(1).split(':', 1)[0] ?? userId;
    const sender = page.locator('.mx_DisambiguatedProfile').filter({ hasText: localpart });
    const message = page.locator('.mx_EventTile').filter({ has: sender }).last();
    await message.getByRole('button', { name: 'Profilbild' }).click();
    await button(page, 'Verifizieren').click();
    await button(page, 'Verifizierung starten').click();
  },
  accept: async (page) => {
    await button(page, 'Person verifizieren').click();
    await button(page, 'Mit Emojis verifizieren').or(emojis(page).first()).first().waitFor();
  },
  startEmojis: (page) => button(page, 'Mit Emojis verifizieren').click(),
  readEmojis: async (page) => {
    await emojis(page).last().waitFor();
    return (await emojis(page).allTextContents()).join(' ');
  },
  confirm: (page) => button(page, 'Sie passen zueinander').click(),
  waitForSuccess: async (page) => {
    await page.getByText(/erfolgreich verifiziert/).waitFor();
    await button(page, 'Verstanden').click();
  },
};

const emojis = (page: Page) => page.locator('.mx_VerificationShowSas_emojiSas_emoji');
