import { eventExplanations } from './event-explanations.ts';
import { federationExplanations } from './federation-explanations.ts';
import type { MutantPlace, MutationKind } from './mutant.ts';
import { refusalExplanations } from './refusal-explanations.ts';

/** Why classes of lies that the specification speaks against are not noticed. */
export interface Explanation {
  /** German. */
  readonly why: string;
  readonly covers: (survivor: MutantPlace) => boolean;
}

const isPushRule = ({ operation, pattern }: { readonly operation: string; readonly pattern: string }): boolean =>
  /\/pushrules\//.test(operation) || pattern.includes('/[m.push_rules]/');

/** Of events, of people's devices, and of texts in several forms. */
const looseLists = /^$|\/(events|state|chunk|children_state|via|algorithms|sessions|connections|contacts|m\.text)$/;

const backedUpRooms = /\/room_keys\/keys$/;

const withoutSchema =
  /\/(redirect|redirect\/\{idpId\}|web|mutual_rooms|password_policy|profile\/\{userId\}\/\{keyName\})$|\.well-known|pruefstand|\/\*$/;

const pushRuleLies: ReadonlySet<MutationKind> = new Set([
  'emptyString',
  'swappedIdentifiers',
  'foreignIdentifier',
  'shortenedList',
  'duplicatedEntry',
  'reorderedList',
]);

const foundLies: ReadonlySet<MutationKind> = new Set([
  'swappedIdentifiers',
  'foreignIdentifier',
  'shortenedList',
  'duplicatedEntry',
  'reorderedList',
]);

/** The first that covers a class counts. */
export const explanations: readonly Explanation[] = [
  ...refusalExplanations,
  {
    why: 'Anmeldewege: Ein Weg, der zweimal genannt ist, ist für Clients ein Weg; ob neben den Wegen noch ein Fehlercode steht, hängt davon ab, was vorher versucht wurde.',
    covers: ({ operation, pattern, status }) =>
      status === 401 &&
      !operation.startsWith('GET ') &&
      /^\/(flows|errcode|error|params|session|completed)/.test(pattern),
  },
  {
    why: 'Push-Regeln: Welche Regeln vordefiniert sind und was sie tun, prüft push.rules-default; in den Antworten anderer Prüfungen hält nur das Schema ihre Form fest. Eine Bedingung oder Aktion weniger oder mehr ist dort eine andere, aber wohlgeformte Regel.',
    covers: (survivor) => pushRuleLies.has(survivor.kind) && isPushRule(survivor),
  },
  {
    why: 'Benachrichtigungen und Treffer einer Suche zeigen Ereignisse, die aus anderen Antworten bekannt sind. Die Prüfung sucht ihr eigenes Ereignis darin; was um es herum steht, hält nur das Schema fest.',
    covers: ({ kind, operation }) =>
      foundLies.has(kind) && /\/(notifications|search|context\/\{eventId\})$/.test(operation),
  },
  {
    why: 'Im Nutzerverzeichnis steht für fehlende Bilder schon in Wahrheit null, und die Prüfung ist deshalb rot; sie nennt nur die ersten Stellen und die Zahl der übrigen. Die Verfälschung ersetzt eine davon oder macht sie richtig.',
    covers: ({ kind, operation, pattern }) =>
      (kind === 'wrongType' || kind === 'null') &&
      operation.endsWith('/user_directory/search') &&
      /^\/results\/\[\](\/avatar_url)?$/.test(pattern),
  },
  {
    why: 'Das Merkmal einer Benachrichtigung ohne Profil ist schon in Wahrheit null, und die Prüfung ist deshalb rot; die Verfälschung ersetzt eine Abweichung durch eine andere.',
    covers: ({ kind, operation, pattern }) =>
      (kind === 'wrongType' || kind === 'null') &&
      operation.endsWith('/notifications') &&
      pattern === '/notifications/[]/profile_tag',
  },
  {
    why: 'Weitere Angaben einer Seite in ihrer Vorschau: Was eine Seite über sich sagt, ist frei; die Prüfung vergleicht die Angaben, die sie selbst auf die Seite geschrieben hat.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'emptyString' && operation.endsWith('/preview_url') && pattern === '/og:*',
  },
  {
    why: 'Reihenfolge einer Liste: Sie folgt dem Raum und ist aus einer einzelnen Antwort nicht zu erkennen. Nur wer mehrere Ereignisse selbst gesendet hat, sieht den Tausch (sync.*, msg.messages-page); hier war die Liste Nebensache.',
    covers: ({ kind, pattern }) =>
      kind === 'reorderedList' && /\/(chunk|events|events_before|events_after)$/.test(pattern),
  },
  {
    why: 'Ein Eintrag fehlt: Das sieht nur, wer gerade ihn erwartet. Die Prüfung hat nach einem anderen Eintrag gefragt, und die Spezifikation bindet die Länge an nichts, was in der Antwort steht.',
    covers: ({ kind, pattern }) => kind === 'shortenedList' && looseLists.test(pattern),
  },
  {
    why: 'Ein Eintrag steht doppelt: Die Prüfung hat nach einem anderen Eintrag gefragt, und an dieser Stelle verlangt weder das Schema noch eine Ergänzung, dass Einträge verschieden sind.',
    covers: ({ kind, pattern }) => kind === 'duplicatedEntry' && looseLists.test(pattern),
  },
  {
    why: 'Eine richtig gebildete Kennung eines anderen: Keine Regel bindet sie an diese Antwort oder ihre Anfrage. Welche die richtige ist, weiß nur, wer das Ereignis selbst gesendet oder die Sache selbst angelegt hat; in dieser Prüfung war sie Nebensache.',
    covers: ({ kind, operation, status, pattern }) =>
      (kind === 'foreignIdentifier' || kind === 'swappedIdentifiers') &&
      status === 200 &&
      (/\/(sender|event_id|room_id|state_key|replaces_state|content\/users\/\*)$|^\/rooms\/\w+\/\*$/.test(pattern) ||
        backedUpRooms.test(operation)),
  },
  {
    why: 'Wem ein Token gehört: Diese Prüfungen fragen mit einem bloßen Token, dessen Menschen sie nicht vergleichen. Wo eine Prüfung ihn kennt, hält eine Ergänzung des Schemas die Auskunft daran.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'foreignIdentifier' && pattern === '/user_id' && /\/(account\/whoami|v3\/login)$/.test(operation),
  },
  {
    why: 'Zwei Adressen eines Raums oder zwei Menschen mit geänderten Geräten vertauscht: Diese Listen haben keine Reihenfolge.',
    covers: ({ kind, pattern }) =>
      kind === 'swappedIdentifiers' && /^\/(aliases|device_lists\/(changed|left))\/\[\]$/.test(pattern),
  },
  ...eventExplanations,
  {
    why: 'Beschreibung eines angebundenen Netzes: Mit der des Dienstes vergleicht sie as.as-thirdparty; as.as-directory liest daraus nur, wie das Netz heißt.',
    covers: ({ kind, operation }) =>
      ['emptyString', 'malformedIdentifier', 'duplicatedEntry', 'shortenedList'].includes(kind) &&
      operation.endsWith('/thirdparty/protocol/{protocol}'),
  },
  {
    why: 'Anzeigenamen von Geräten und Programmen: frei gewählter Text, den nur seine eigene Prüfung mit dem gesetzten vergleicht.',
    covers: ({ kind, pattern }) => kind === 'emptyString' && /_display_name$|\/format$/.test(pattern),
  },
  {
    why: 'Kopffelder ausgelieferter Dateien: Ob eine Datei sicher ausgeliefert wird, prüfen media.media-inline und die Prüfungen daneben; wer nur den Inhalt vergleicht, sieht sie nicht an.',
    covers: ({ kind, operation }) => kind === 'droppedHeader' && /\/media\//.test(operation),
  },
  {
    why: 'Kopffeld einer Antwort, deren Operation die Version nicht zusagt, die das Ziel nennt, die keinen Inhalt hat oder die sich an Menschen richtet: Für sie gilt kein Schema, also auch kein Inhaltstyp, und kein Programm in einem Browser liest sie.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'droppedHeader' &&
      (/^content-(type|security-policy)$/.test(pattern) || status >= 300) &&
      (/\/(unstable|sso|auth)\//.test(operation) || withoutSchema.test(operation)),
  },
  ...federationExplanations,
  {
    why: 'Wen jemand ignoriert: acd.ignore sieht nach der Wirkung, also wessen Nachrichten und Einladungen ausbleiben; die Liste selbst nimmt sie in /sync nur als Zeichen, dass sie angekommen ist.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'foreignIdentifier' &&
      operation.endsWith('/v3/sync') &&
      pattern.endsWith('[m.ignored_user_list]/content/ignored_users/*'),
  },
  {
    why: 'Eigene Push-Empfänger: Die Prüfung sucht darin nach dem einen, den sie angelegt hat; die Liste selbst vergleicht push.pusher-crud.',
    covers: ({ kind, pattern }) => (kind === 'duplicatedEntry' || kind === 'shortenedList') && pattern === '/pushers',
  },
  {
    why: 'Wessen Geräte sich geändert haben, wer gerade tippt und wer gelesen hat, steht in /sync neben dem, wonach die Prüfung sieht; genau verglichen wird es in sync.sync-devicelists, fed.fed-devicelist, eph.typing und eph.receipt.',
    covers: ({ kind, operation, pattern }) =>
      (kind === 'shortenedList' || kind === 'foreignIdentifier') &&
      operation.endsWith('/v3/sync') &&
      (/^\/device_lists\/(changed|left)(\/\[\])?$/.test(pattern) ||
        /\[m\.(typing\]\/content\/user_ids|receipt\]\/content\/\*(\/m\.read\/\*(\/thread_id)?)?)$/.test(pattern)),
  },
  {
    why: 'Räume der überholten ersten Synchronisation: Die Prüfung sucht ihren eigenen; andere des Kontos sind ihr gleich.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'shortenedList' && operation.endsWith('/v3/initialSync') && pattern === '/rooms',
  },
  {
    why: 'Antwort an eine andere Sitzung, die nach jemand oder etwas anderem gefragt hat: Wessen Profil, Anwesenheit oder Zustand es ist, steht in der Antwort nicht. Wer die Angabe selbst gesetzt hat, vergleicht sie; hier fehlt sie nur, und die Frage bleibt offen.',
    covers: ({ kind, operation }) =>
      kind === 'foreignAnswer' &&
      /\/(profile|presence)\/\{userId\}|\/state\/\{eventType\}\/\{stateKey\}$|\/voip\/turnServer$|\/user_directory\/search$/.test(
        operation,
      ),
  },
  {
    why: 'Neuigkeiten oder Verlauf, wie sie eine andere Sitzung bekam: Beide sind in demselben Raum und sehen dasselbe anders geschnitten. Die Prüfung findet darin, was sie sucht, oder findet es nicht und lässt die Frage offen.',
    covers: ({ kind, operation }) => kind === 'foreignAnswer' && /\/(sync|messages)$/.test(operation),
  },
  {
    why: 'Vary an der Auskunft über Versionen: disc.versions-cache-vary hält es an die Angabe zum Speichern; die übrigen Prüfungen lesen aus der Antwort nur die Versionen.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'droppedHeader' && operation === 'GET /_matrix/client/versions' && pattern === 'vary',
  },
];

export const explanationOf = (survivor: MutantPlace): Explanation | undefined =>
  explanations.find(({ covers }) => covers(survivor));
