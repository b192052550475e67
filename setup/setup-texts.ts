/** What the set-up says at the terminal. */
export const setupTexts = {
  en: {
    waiting: (pid: number) => `· another set-up (process ${pid}) is under way; waiting for it`,
    begins: (count: number) =>
      `Setting up ${count} ${count === 1 ? 'part' : 'parts'}; the first time takes some minutes.`,
    ends: (seconds: number) => `Set-up took ${seconds} s; later starts find it done.`,
    endsWithout: 'What failed is tried again at the next start; everything that does not need it works without.',
    interrupted: '✘ interrupted; the next start continues here',
    failed: (title: string, reason: string) => `✘ ${title}: ${reason}`,
    logEnds: (log: string) => `  ${log} ends with:`,
  },
  de: {
    waiting: (pid: number) => `· Eine andere Einrichtung (Prozess ${pid}) läuft; auf sie wird gewartet.`,
    begins: (count: number) =>
      `${count} ${count === 1 ? 'Teil wird' : 'Teile werden'} eingerichtet; beim ersten Mal dauert das einige Minuten.`,
    ends: (seconds: number) => `Die Einrichtung dauerte ${seconds} s; spätere Starts finden sie vor.`,
    endsWithout: 'Was misslang, wird beim nächsten Start erneut versucht; was es nicht braucht, geht auch ohne.',
    interrupted: '✘ Unterbrochen; der nächste Start setzt hier fort.',
    failed: (title: string, reason: string) => `✘ ${title}: ${reason}`,
    logEnds: (log: string) => `  ${log} endet mit:`,
  },
};
