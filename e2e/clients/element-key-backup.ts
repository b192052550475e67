import type { Locator, Page } from 'playwright-core';

/** The first of them. */
export const keyBackupDialog = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Schlüsselsicherung einrichten' });

/** The five dialogs with which Element has a person set up the key backup. Resolves when the last one is closed. */
export async function setUpKeyBackup(page: Page, passphrase: string): Promise<void> {
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const goOn = (name: string) => dialog(name).getByRole('button', { name: 'Fortfahren' }).click();

  await goOn('Schlüsselsicherung einrichten');
  await dialog('Sicherheitsphrase setzen').getByRole('textbox').fill(passphrase);
  await goOn('Sicherheitsphrase setzen');
  await dialog('Sicherheitsphrase bestätigen').getByRole('textbox').fill(passphrase);
  await goOn('Sicherheitsphrase bestätigen');
  await dialog('Sicherungsschlüssel sichern').getByRole('button', { name: 'Kopieren' }).click();
  await goOn('Sicherungsschlüssel sichern');
  await dialog('Verschlüsselte Sicherung erfolgreich').getByRole('button', { name: 'Fertig' }).click();
  await dialog('Verschlüsselte Sicherung erfolgreich').waitFor({ state: 'hidden' });
}
