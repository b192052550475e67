import { selfTest } from '../../setup/self-test.ts';

export const summary = {
  en: 'what npm test does: Prüfstand’s own tests',
  de: 'was npm test tut: die Tests des Prüfstands selbst',
};

export const help = {
  en: `npm test   (or npx pruefstand self-test [vitest options])

Sets up what is missing, names the real parts that cannot be had with what that costs, and runs every test.
With PRUEFSTAND_REQUIRE=all a missing part fails. Exit code: that of vitest.

  npx pruefstand self-test --project unit        only the quick ones, without servers
  npx pruefstand self-test test/process.test.ts  one file`,
  de: `npm test   (oder npx pruefstand self-test [Optionen von vitest])

Richtet ein, was fehlt, nennt die Teile, die nicht zu haben sind, mit dem, was das kostet, und führt alle Tests aus.
Mit PRUEFSTAND_REQUIRE=all ist ein fehlendes Teil ein Fehlschlag. Rückgabewert: der von vitest.

  npx pruefstand self-test --project unit        nur die schnellen ohne Server
  npx pruefstand self-test test/process.test.ts  eine Datei`,
};

export const run = (args: readonly string[]): Promise<number> => selfTest(args);
