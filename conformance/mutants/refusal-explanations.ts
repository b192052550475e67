import type { Explanation } from './explanations.ts';

/** With these servers refuse; 401 has codes and ways of its own. */
const refusals: ReadonlySet<number> = new Set([400, 403, 404]);

/** Codes on which no client acts but by giving up. */
const vagueCodes: ReadonlySet<string> = new Set(['M_UNKNOWN', 'M_NOT_FOUND']);

const leavesOpenOrEmpty =
  /\/(federation|key)\/|\/unstable\/|\/preview_url$|\/profile\/\{userId\}(\/\{keyName\})?$|\/report(\/\{eventId\})?$|\/rooms\/\{roomId\}\/leave$/;

const sideSuccesses =
  /\/sso\/redirect|\/media\/(v\d\/)?(download|thumbnail)\/|\/media\/v3\/|\/room_keys\/version$|\/matrix\/support$/;

/** Of another status or code of an answer; the first that covers a class counts. */
export const refusalExplanations: readonly Explanation[] = [
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
    why: 'Fehlercode ohne oder mit falschem Token: disc.error-shape hält nur die Form der Fehler fest; welchen Code sie haben, prüfen disc.no-token und disc.bad-token an allen Operationen.',
    covers: ({ kind, operation, status }) =>
      kind === 'errcode' && status === 401 && operation.endsWith('/account/whoami'),
  },
  {
    why: 'Einstellungen, die vor einer Prüfung gelesen werden, damit sie danach wieder gelten: Statt „keine“ kommt eine leere zurück, und die Prüfung lässt ihre Frage offen.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' && status === 404 && pattern === '200' && operation.includes('/account_data/{type}'),
  },
  {
    why: 'Fehlercode eines Fehlers am Server oder dahinter: Die Spezifikation nennt für ihn keinen einzelnen Code; die Prüfung erkennt ihn am Status.',
    covers: ({ kind, status, pattern }) => kind === 'errcode' && status >= 500 && vagueCodes.has(pattern),
  },
  {
    why: 'Ein Fehler am Server oder dahinter bekommt einen anderen Status: Die Prüfung ist über den wahren schon rot, oder sie nimmt jeden Fehler hin, weil die Spezifikation ihn nicht bindet, wenn ein anderer Server oder eine Seite im Netz schweigt; ohne Inhalt ist auch ein Erfolg eine Vorschau.',
    covers: ({ kind, operation, status, pattern }) =>
      kind === 'status' &&
      status >= 500 &&
      (refusals.has(Number(pattern)) ||
        pattern.startsWith('5') ||
        (pattern === '200' && operation.endsWith('/preview_url'))),
  },
];
