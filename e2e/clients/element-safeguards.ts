import type { Page } from 'playwright-core';
import { comes } from '../lib/client-steps.ts';
import { activeContentIn } from './active-content.ts';
import { readBrowserStorage } from './browser-storage.ts';
import type { BackupDemand, SafeguardViews } from './client-driver.ts';
import { keyBackupDialog } from './element-key-backup.ts';
import { spokenTreeOf } from './spoken-tree.ts';

/** What the Element interface shows of its safeguards. */
export const elementSafeguards: SafeguardViews = {
  describeRoom: async (page) => {
    const description = page.locator('.mx_RoomSummaryCard');
    if (!(await description.isVisible())) await page.getByRole('button', { name: 'Raum-Info' }).last().click();
    await description.waitFor();
    return page.locator('.mx_RoomView').ariaSnapshot();
  },
  describeMessage: async (page, eventId) => {
    const tile = page.locator(`.mx_EventTile[data-event-id="${eventId}"]`).last();
    await tile.waitFor();
    const sign = tile.locator('.mx_EventTile_e2eIcon').first();
    const isMarked = await comes(() => sign.waitFor({ timeout: signMs }));
    return { told: await spokenTreeOf(tile), isMarked };
  },
  waitForNote: (page, pattern) => comes(() => page.getByText(pattern).or(page.getByLabel(pattern)).first().waitFor()),
  tryToSend: async (page, text) => {
    await page.getByRole('textbox', { name: /Nachricht senden/ }).click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    const sent = page.locator('.mx_EventTile[data-event-id^="$"]').filter({ hasText: text });
    const refused = page.getByRole('button', { name: 'Alle erneut senden' });
    const seen = sent.or(refused).first();
    return (await comes(() => seen.waitFor())) && (await sent.first().isVisible());
  },
  backupDemand,
  askToSignOut: async (page) => {
    await page.getByRole('button', { name: 'Benutzermenü' }).click();
    await page.getByRole('menuitem', { name: 'Abmelden' }).click();
    const dialog = page.getByRole('dialog').filter({ has: page.getByRole('button') });
    return (await comes(() => dialog.waitFor({ timeout: 10_000 }))) ? dialog.ariaSnapshot() : '';
  },
  confirmSignOut: async (page) => {
    const signIn = page.getByRole('button', { name: 'Anmelden', exact: true });
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Abmelden$|möchte meine verschlüsselten Nachrichten nicht/ })
      .click();
    await signIn.waitFor();
    await comes(() => page.waitForFunction(hasNoKeyStore, undefined, { polling: 250, timeout: deletionMs }));
  },
  readActiveContent: (page) =>
    activeContentIn(page, {
      message: '.mx_EventTile[data-event-id]',
      idAttribute: 'data-event-id',
      content: '.mx_EventTile_body',
      ownParts: '.mx_Pill',
    }),
  readStorage: readBrowserStorage,
};

/** A message is shown before it is known who wrote it; the sign comes soon after. */
const signMs = 5_000;

/** The login form is shown before the databases are deleted; what is still there after this time stays. */
const deletionMs = 15_000;

const hasNoKeyStore = async () => (await indexedDB.databases()).every(({ name }) => !/crypto/i.test(name ?? ''));

/** Where a backup is demanded, its dialog opens some time after the room list is shown, and has nothing to be closed with. */
async function backupDemand(page: Page): Promise<BackupDemand> {
  const dialog = keyBackupDialog(page);
  if (!(await comes(() => dialog.waitFor()))) return 'none';
  await page.keyboard.press('Escape');
  const ways = dialog.getByRole('button', { name: /Abbrechen|Überspringen|Schließen|Später/ });
  if ((await ways.count()) > 0) return 'escapable';
  return (await dialog.isVisible()) ? 'binding' : 'escapable';
}
