import { getCurrentLanguage, getUserLanguage, setLanguage } from 'matrix-react-sdk/src/languageHandler';

/** The user's choice, else the deployment's; a change in the settings reloads the page and comes back here. */
export async function loadLanguage(): Promise<void> {
  await setLanguage([getUserLanguage(), 'de']);
  document.documentElement.lang = getCurrentLanguage();
}
