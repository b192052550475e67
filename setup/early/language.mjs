/**
 * PRUEFSTAND_LANG, else the system's language; English when neither says German. The command line decides the same way.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {'de' | 'en'}
 */
export function languageOf(environment) {
  const wanted =
    environment['PRUEFSTAND_LANG'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'];
  return wanted?.toLowerCase().startsWith('de') ? 'de' : 'en';
}
