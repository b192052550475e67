import type { WordFormName } from '../../lib/wire/word-forms.ts';

/** What people write or name, each with a word of its own; and how readers of findings call it. */
export const canaryKinds = {
  text: 'Text einer Nachricht',
  fileName: 'Name einer Datei',
  fileContent: 'Inhalt einer Datei',
  thumbnail: 'Vorschaubild',
  caption: 'Bildunterschrift',
  draft: 'Entwurf',
  searchTerm: 'Suchbegriff',
  reaction: 'Reaktion',
  edit: 'Bearbeitung',
  location: 'Standort',
  poll: 'Umfrage',
  voiceText: 'Text einer Sprachnachricht',
  roomName: 'Raumname',
  topic: 'Thema des Raums',
  displayName: 'Anzeigename',
} as const;

export type CanaryKind = keyof typeof canaryKinds;

export const allCanaryKinds = Object.keys(canaryKinds) as readonly CanaryKind[];

export interface PlaceOfSearch {
  readonly name: string;
  /** Of findings there. */
  readonly code: string;
  /** Forms in which the control word gets there; the search must find every one of them. */
  readonly controlForms: readonly WordFormName[];
}

export type CanaryPlace = 'wire' | 'database' | 'mediaStore' | 'serverLog' | 'push';

/** Bytes can be anything, texts in a database or an address cannot. */
const inBytes = ['plain', 'base64', 'hex', 'utf16', 'compressed'] as const;
const inTexts = ['plain', 'base64', 'hex'] as const;

/** Where the words are looked for. */
export const canaryPlaces: Readonly<Record<CanaryPlace, PlaceOfSearch>> = {
  wire: { name: 'HTTP-Verkehr', code: 'canary-on-wire', controlForms: inBytes },
  database: { name: 'Datenbank', code: 'canary-in-database', controlForms: inTexts },
  mediaStore: { name: 'Medienspeicher', code: 'canary-in-media-store', controlForms: inBytes },
  serverLog: { name: 'Protokolle des Servers', code: 'canary-in-log', controlForms: inTexts },
  push: { name: 'Push-Nachrichten', code: 'canary-in-push', controlForms: inTexts },
};
