import type { Locator, Page } from 'playwright-core';
import type { WritingControls } from './client-driver.ts';

/** How people write, look for and change messages in the Element interface; the room is open. */
export const elementWriting: WritingControls = {
  type: async (page, text) => {
    await composer(page).click();
    await page.keyboard.type(text);
  },
  typedText: (page) => composer(page).innerText(),
  clear: async (page) => {
    await composer(page).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  },
  search: async (page, word) => {
    const field = page.locator('input[name=room_message_search]');
    if (!(await field.isVisible())) await page.getByRole('button', { name: 'Raum-Info' }).last().click();
    await field.fill(word);
    // Says how many messages it found, when it has looked.
    await page.locator('.mx_RoomSearchAuxPanel_summary_text').getByText(/\d/).waitFor();
    await field.press('Escape');
    await composer(page).waitFor();
  },
  editLast: async (page, text) => {
    await composer(page).click();
    await page.keyboard.press('ArrowUp');
    const editor = page.getByRole('textbox', { name: 'Nachricht bearbeiten' });
    await editor.waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await editor.waitFor({ state: 'hidden' });
    return idOf(page.locator(sentTile).last());
  },
  attach: async (page, { name, bytes }) => {
    const file = { name, mimeType: 'text/plain', buffer: bytes };
    await page.locator('.mx_MessageComposer input[type=file]').setInputFiles(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Hochladen', exact: true }).click();
    // Long names are shortened where they are shown.
    const sent = page
      .locator(sentTile)
      .filter({ has: page.locator('.mx_MFileBody') })
      .last();
    await sent.waitFor();
    return idOf(sent);
  },
};

const composer = (page: Page) => page.getByRole('textbox', { name: /Nachricht senden/ });

/** Until the server has accepted it, an event has a provisional id that begins with "~". */
const sentTile = '.mx_EventTile[data-event-id^="$"]';

const idOf = async (tile: Locator) => (await tile.getAttribute('data-event-id')) ?? '';
