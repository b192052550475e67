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

/** Where the words are looked for. */
export const canaryPlaces = {
  wire: { name: 'HTTP-Verkehr', code: 'canary-on-wire' },
  database: { name: 'Datenbank', code: 'canary-in-database' },
  mediaStore: { name: 'Medienspeicher', code: 'canary-in-media-store' },
  serverLog: { name: 'Protokolle des Servers', code: 'canary-in-log' },
} as const;

export type CanaryPlace = keyof typeof canaryPlaces;
