import type { Text } from '../../core/model/text.ts';

export const answersAt = (homeserverUrl: string): Text => ({
  de: `Die Referenzinstallation antwortet unter ${homeserverUrl}.`,
  en: `The reference deployment answers at ${homeserverUrl}.`,
});
