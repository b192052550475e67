import type { Locator, Page } from 'playwright-core';

/** The first of them. */
export const keyBackupDialog = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Schlüsselsicherung einrichten' });

/** The five dialogs with which Element has a person set up the key backup. Resolves with the recovery key when the last one is closed. */
export async function setUpKeyBackup(page: Page, passphrase: string): Promise<string> {
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const goOn = (name: string) => dialog(name).getByRole('button', { name: 'Fortfahren' }).click();

  await goOn('Schlüsselsicherung einrichten');
  await dialog('Sicherheitsphrase setzen').getByRole('textbox').fill(passphrase);
  await goOn('Sicherheitsphrase setzen');
  await dialog('Sicherheitsphrase bestätigen').getByRole('textbox').fill(passphrase);
  await goOn('Sicherheitsphrase bestätigen');
  const recoveryKey = await dialog('Sicherungsschlüssel sichern').locator('code').innerText();
  await dialog('Sicherungsschlüssel sichern').getByRole('button', { name: 'Kopieren' }).click();
  await goOn('Sicherungsschlüssel sichern');
  await dialog('Verschlüsselte Sicherung erfolgreich').getByRole('button', { name: 'Fertig' }).click();
  await dialog('Verschlüsselte Sicherung erfolgreich').waitFor({ state: 'hidden' });
  return recoveryKey;
}

/** A login creates keys and loads the whole application before it asks. */
const loginTimeoutMs = 60_000;

/** What Element asks at a further login of somebody who has a backup. Resolves when it says that the device is verified. */
export async function openKeyBackup(page: Page, recoveryKey: string): Promise<void> {
  await page.getByRole('button', { name: /^Mit Sicherheitsschlüssel/ }).click({ timeout: loginTimeoutMs });
  const useKey = page.getByRole('button', { name: 'verwende deinen Sicherheitsschlüssel' });
  const keyField = page.getByRole('dialog', { name: 'Sicherheitsschlüssel' }).getByRole('textbox');
  await useKey.or(keyField).first().waitFor();
  if (await useKey.isVisible()) await useKey.click();
  await keyField.fill(recoveryKey);
  await page.getByRole('dialog').getByRole('button', { name: 'Fortfahren' }).click();
  await page.getByRole('button', { name: 'Fertig' }).click();
}
