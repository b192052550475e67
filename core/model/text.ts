export type Language = 'de' | 'en';

/** A message for people at the terminal; in both languages where the wording matters, else English for both. */
export type Text = string | Readonly<Record<Language, string>>;

export const textIn = (language: Language, text: Text): string => (typeof text === 'string' ? text : text[language]);
