import type { Language } from '../core/model/text.ts';

/** PRUEFSTAND_LANG, else the system's language; English when neither says German. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const wanted =
    environment['PRUEFSTAND_LANG'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'];
  return wanted?.toLowerCase().startsWith('de') ? 'de' : 'en';
}
