import type { MutantPlace } from './mutant.ts';

/** Why classes of lies that the specification speaks against are not noticed. */
export interface Explanation {
  /** German. */
  readonly why: string;
  readonly covers: (survivor: MutantPlace) => boolean;
}

const isPushRule = ({ operation, pattern }: { readonly operation: string; readonly pattern: string }): boolean =>
  /\/pushrules\//.test(operation) || pattern.includes('/[m.push_rules]/');

/** With these servers refuse; 401 has codes and ways of its own. */
const refusals: ReadonlySet<number> = new Set([400, 403, 404]);

/** Codes on which no client acts but by giving up. */
const vagueCodes: ReadonlySet<string> = new Set(['M_UNKNOWN', 'M_NOT_FOUND']);

const leavesOpenOrEmpty =
  /\/(federation|key)\/|\/unstable\/|\/preview_url$|\/profile\/\{userId\}(\/\{keyName\})?$|\/report(\/\{eventId\})?$|\/rooms\/\{roomId\}\/leave$/;

const sideSuccesses =
  /\/sso\/redirect|\/media\/(v\d\/)?(download|thumbnail)\/|\/media\/v3\/|\/room_keys\/version$|\/matrix\/support$/;

/** Of events, of people's devices, and of texts in several forms. */
const looseLists = /^$|\/(events|state|chunk|children_state|via|algorithms|sessions|connections|contacts|m\.text)$/;

const backedUpRooms = /\/room_keys\/keys$/;

const withoutSchema =
  /\/(redirect|redirect\/\{idpId\}|web|mutual_rooms|password_policy|profile\/\{userId\}\/\{keyName\})$|\.well-known|pruefstand|\/\*$/;

/** The first that covers a class counts. */
export const explanations: readonly Explanation[] = [
  {
    why: 'Antworten einer Begrenzung (429): Der Prüfstand wartet sie ab und fragt erneut, bevor die Prüfung etwas sieht; nur die verlangte Wartezeit wird gelesen.',
    covers: ({ status }) => status === 429,
  },
  {
    why: 'Fehlercode einer Ablehnung: Die Prüfung erkennt die Ablehnung am Status. Für diesen Fall nennt die Spezifikation keinen einzelnen Code oder nur ein Beispiel; Codes, die sie an einen anderen Status bindet, bemerkt jede Prüfung.',
    covers: ({ kind, status, pattern }) => kind === 'errcode' && refusals.has(status) && vagueCodes.has(pattern),
  },
  {
    why: 'Fehlercode gegenüber einem anderen Homeserver: Er meldet sich mit einer Signatur an und hat kein Zugangstoken, das er verwerfen könnte; die Prüfung erkennt die Ablehnung am Status.',
    covers: ({ kind, operation, status }) =>
      kind === 'errcode' && status === 401 && / \/_matrix\/(federation|key)\//.test(operation),
  },
  {
    why: 'Voranfragen von Browsern (OPTIONS): Jeder Erfolg ist zulässig, 200 wie 204.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'status' && operation.startsWith('OPTIONS ') && pattern.startsWith('2'),
  },
  {
    why: 'Aus einer Ablehnung wird ein Erfolg ohne passenden Inhalt: Für die Antwort ist kein Inhalt vorgeschrieben, oder die Prüfung kommt ohne die Ablehnung nicht weiter und lässt die Frage offen. Keine von ihnen besteht dadurch, weil eine andere Operation geprüft wird.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' && refusals.has(status) && pattern === '200' && leavesOpenOrEmpty.test(operation),
  },
  {
    why: 'Mehrstufige Anmeldung am Konto (401): Wird ihre erste Antwort zum Erfolg, bleibt die Frage offen, oder die Operation schreibt keinen Inhalt vor, an dem es auffiele.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' && status === 401 && pattern === '200' && / \/_matrix\/client\/v3\/account\//.test(operation),
  },
  {
    why: 'Ein anderer Status der Ablehnung: Die Spezifikation nennt für diese Operation mehrere und bindet sie nicht an den einzelnen Fall; die Prüfung nimmt jeden davon hin.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' &&
      (refusals.has(status) || status === 401) &&
      (refusals.has(Number(pattern)) ||
        pattern === '401' ||
        (pattern === '409' && operation === 'PUT /_matrix/client/v3/directory/room/{roomAlias}') ||
        (pattern === '413' && operation.endsWith('/media/thumbnail/{serverName}/{mediaId}'))),
  },
  {
    why: 'Vorschauen aus dem Netz: Die Prüfung ist schon wegen eines inneren Fehlers des Servers rot und meldet denselben noch einmal. Dateien anderer Server: 502 und 504 sind dokumentiert, wenn der andere nicht antwortet; ausgeliefert wird in keinem Fall etwas.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' &&
      refusals.has(status) &&
      (operation.endsWith('/preview_url')
        ? pattern === '500'
        : /^50[24]$/.test(pattern) && /\/media\//.test(operation)),
  },
  {
    why: 'Ein Erfolg wird zu einem anderen Ergebnis: Die Prüfung braucht gerade diese Antwort nicht, oder sie ist schon aus anderem Grund rot und meldet dieselbe Abweichung noch einmal.',
    covers: ({ kind, operation, status }) => kind === 'status' && status < 400 && sideSuccesses.test(operation),
  },
  {
    why: 'Anmeldewege: Ein Weg, der zweimal genannt ist, ist für Clients ein Weg; ob neben den Wegen noch ein Fehlercode steht, hängt davon ab, was vorher versucht wurde.',
    covers: ({ operation, pattern, status }) =>
      status === 401 &&
      !operation.startsWith('GET ') &&
      /^\/(flows|errcode|error|params|session|completed)/.test(pattern),
  },
  {
    why: 'Push-Regeln: Welche Regeln vordefiniert sind und was sie tun, prüft push.rules-default; in den Antworten anderer Prüfungen hält nur das Schema ihre Form fest. Eine Bedingung oder Aktion weniger oder mehr ist dort eine andere, aber wohlgeformte Regel.',
    covers: isPushRule,
  },
  {
    why: 'Benachrichtigungen und Treffer einer Suche zeigen Ereignisse, die aus anderen Antworten bekannt sind. Die Prüfung sucht ihr eigenes Ereignis darin; was um es herum steht, hält nur das Schema fest.',
    covers: ({ operation }) => /\/(notifications|search|context\/\{eventId\})$/.test(operation),
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
      (/\/(sender|event_id|room_id|state_key|replaces_state)$|^\/rooms\/\w+\/\*$/.test(pattern) ||
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
  {
    why: 'Fehlercode ohne oder mit falschem Token: disc.error-shape hält nur die Form der Fehler fest; welchen Code sie haben, prüfen disc.no-token und disc.bad-token an allen Operationen.',
    covers: ({ kind, operation, status }) =>
      kind === 'errcode' && status === 401 && operation.endsWith('/account/whoami'),
  },
  {
    why: 'Inhalt eines Ereignisses ohne seinen Pflichtschlüssel: Übrig bleibt ein leerer Inhalt, und den hat auch ein geschwärztes oder zurückgenommenes Ereignis. An der Antwort allein ist das nicht zu unterscheiden.',
    covers: ({ kind, pattern }) => kind === 'deletedKey' && /\/content\/[^/]+$/.test(pattern),
  },
  {
    why: 'Inhalt eines Ereignisses, den sein Absender bestimmt: Der Server gibt ihn weiter, und seine Form legt das Schema an dieser Stelle nicht fest. Ob er unverändert ankommt, prüft, wer ihn gesendet hat.',
    covers: ({ kind, pattern }) =>
      (kind === 'emptyString' || kind === 'malformedIdentifier') && pattern.includes('/content/'),
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
  {
    why: 'Beschreibung eines angebundenen Netzes: Mit der des Dienstes vergleicht sie as.as-thirdparty; as.as-directory liest daraus nur, wie das Netz heißt.',
    covers: ({ operation }) => operation.endsWith('/thirdparty/protocol/{protocol}'),
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
    why: 'Antworten mit einem Fehler des Servers: Entweder ist schon ihr Status eine Feststellung, oder die Operation dokumentiert ihn und die Prüfung liest nur, dass die Sache noch nicht da ist.',
    covers: ({ status }) => status >= 500,
  },
  {
    why: 'Kopffeld einer Antwort, deren Operation die Version nicht zusagt, die das Ziel nennt, die keinen Inhalt hat oder die sich an Menschen richtet: Für sie gilt kein Schema, also auch kein Inhaltstyp, und kein Programm in einem Browser liest sie.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'droppedHeader' &&
      (/^content-(type|security-policy)$/.test(pattern) || status >= 300) &&
      (/\/(unstable|sso|auth)\//.test(operation) || withoutSchema.test(operation)),
  },
  {
    why: 'Ereignisse und Schlüssel, die ein anderer Homeserver bekommt: Ob sie vollständig sind und keins doppelt, vergleichen fed.fed-state, fed.fed-auth-chain, fed.fed-backfill, fed.fed-missing und fed.fed-notary an eigenen Räumen; wo die Antwort nur zeigt, dass gefragt werden darf, sieht niemand hinein. Zwei vertauschte Kennungen derselben Menge sind dieselbe Menge.',
    covers: ({ kind, operation, status, pattern }) =>
      status === 200 &&
      ['shortenedList', 'duplicatedEntry', 'swappedIdentifiers', 'foreignIdentifier'].includes(kind) &&
      /\/_matrix\/(federation|key)\//.test(operation) &&
      /^\/(pdus|state|auth_chain|pdu_ids|auth_chain_ids|events|knock_room_state|server_keys)(\/(\[\]|\*))?$/.test(
        pattern,
      ),
  },
  {
    why: 'Was zu einem abgelehnten Ereignis gesagt wird, ist Text für Menschen; dass überhaupt etwas gesagt wird, zeigt die Ablehnung.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'emptyString' && operation.endsWith('/federation/v1/send/{txnId}') && pattern === '/pdus/*/error',
  },
  {
    why: 'Von welchem Homeserver eine Antwort stammt, steht darin nur zur Auskunft: Gefragt wurde einer, und geantwortet hat er über dieselbe Verbindung.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'emptyString' && /\/_matrix\/federation\//.test(operation) && pattern === '/origin',
  },
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
        /\[m\.(typing\]\/content\/user_ids|receipt\]\/content\/\*\/m\.read\/\*(\/thread_id)?)$/.test(pattern)),
  },
  {
    why: 'Räume der überholten ersten Synchronisation: Die Prüfung sucht ihren eigenen; andere des Kontos sind ihr gleich.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'shortenedList' && operation.endsWith('/v3/initialSync') && pattern === '/rooms',
  },
  {
    why: 'Einstellungen, die vor einer Prüfung gelesen werden, damit sie danach wieder gelten: Statt „keine“ kommt eine leere zurück, und die Prüfung lässt ihre Frage offen.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' && status === 404 && pattern === '200' && operation.includes('/account_data/{type}'),
  },
];

export const explanationOf = (survivor: MutantPlace): Explanation | undefined =>
  explanations.find(({ covers }) => covers(survivor));
