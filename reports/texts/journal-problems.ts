import type { Language } from '../../core/model/text.ts';

/** What is wrong with a run folder, in one line; German for results, English for errors of the command line. */
export type FolderProblem = Readonly<Record<Language, string>>;

export const notAnEntry = (line: number, detail: string): FolderProblem => ({
  de: `Zeile ${line} des Protokolls ist kein gültiger Eintrag (${detail})`,
  en: `journal line ${line} is no journal entry: ${detail}`,
});

export const wrongNumber = (line: number, number: number): FolderProblem => ({
  de: `Zeile ${line} des Protokolls trägt die Nummer ${number}: Eine Zeile wurde entfernt oder eingefügt`,
  en: `journal line ${line} carries number ${number}: a line was removed or added`,
});

export const brokenChain = (line: number): FolderProblem => ({
  de: `Zeile ${line} des Protokolls schließt nicht an die Zeile davor an: Eine von beiden wurde verändert`,
  en: `journal line ${line} does not follow the line before it: one of them was altered`,
});

export const foreignCatalogue: FolderProblem = {
  de: 'catalogue.json ist nicht der Katalog, für den der Plan gemacht wurde',
  en: 'catalogue.json is not the one the plan was made for',
};

export const noCatalogue: FolderProblem = {
  de: 'catalogue.json fehlt oder ist nicht lesbar, deshalb lässt sich über keine Anforderung urteilen',
  en: 'catalogue.json is missing or not readable, so that no requirement can be judged',
};

export const missingEvidence = (file: string): FolderProblem => ({
  de: `Der Nachweis ${file} fehlt`,
  en: `${file} is missing`,
});

export const alteredEvidence = (file: string): FolderProblem => ({
  de: `Der Nachweis ${file} wurde verändert: Seine Prüfsumme ist nicht die im Protokoll`,
  en: `${file} was altered: its digest is not the one in the journal`,
});

export const addedEvidence = (file: string): FolderProblem => ({
  de: `Die Datei ${file} steht nicht im Protokoll: Sie kam nach dem Lauf dazu`,
  en: `${file} is not in the journal: it was added after the run`,
});

export const movedEnd: FolderProblem = {
  de: 'Das Protokoll endet nicht mit der Zeile, die report/results.json nennt: Es wurde seither verändert oder gekürzt',
  en: 'the journal does not end with the line that report/results.json names: it was altered or cut since',
};

export const noEnd: FolderProblem = {
  de: 'Der Lauf hat kein Ende: Er brach ab, oder das Protokoll wurde gekürzt',
  en: 'the run has no end: it broke off, or the journal was cut',
};

export const staleResults: FolderProblem = {
  de: 'report/results.json gehört nicht zu diesem Stand des Protokolls; „npx pruefstand report“ erzeugt es neu',
  en: 'report/results.json does not belong to this state of the journal; "npx pruefstand report" renders it again',
};
