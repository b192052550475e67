import type { Explanation } from './explanations.ts';

/** Of what lies in an event. */
export const eventExplanations: readonly Explanation[] = [
  {
    why: 'Inhalt eines Ereignisses ohne seinen Pflichtschlüssel: Übrig bleibt ein leerer Inhalt, und den hat auch ein geschwärztes oder zurückgenommenes Ereignis. An der Antwort allein ist das nicht zu unterscheiden.',
    covers: ({ kind, pattern }) => kind === 'deletedKey' && /\/content\/[^/]+$/.test(pattern),
  },
  {
    why: 'Inhalt eines Ereignisses, den sein Absender bestimmt: Der Server gibt ihn weiter, und seine Form legt das Schema an dieser Stelle nicht fest. Ob er unverändert ankommt, prüft, wer ihn gesendet hat.',
    covers: ({ kind, pattern }) =>
      ['emptyString', 'malformedIdentifier', 'duplicatedEntry', 'shortenedList'].includes(kind) &&
      pattern.includes('/content/'),
  },
  {
    why: 'In /sync nennt schon der Schlüssel den Raum; ob und wie ein Ereignis ihn darunter noch einmal nennt, ist frei.',
    covers: ({ kind, operation, pattern }) =>
      (kind === 'deletedKey' || kind === 'emptyString') && operation.endsWith('/sync') && pattern.endsWith('/room_id'),
  },
  {
    why: 'Ereignisse, die einem anderen beigegeben sind: Ob darin der Raum noch einmal genannt wird, hält niemand fest, weil er durch die Anfrage feststeht.',
    covers: ({ kind, pattern }) => kind === 'deletedKey' && /\/unsigned\/.*\/room_id$/.test(pattern),
  },
  {
    why: 'Name eines Mitglieds ist null: So schreibt es das Schema der Mitgliedschaft ausdrücklich als zulässig vor; die Prüfung vergleicht den Namen nicht.',
    covers: ({ kind, pattern }) => kind === 'null' && /\/content\/(displayname|avatar_url)$/.test(pattern),
  },
];
