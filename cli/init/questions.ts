import type { Text } from '../../core/model/text.ts';
import { accountProblem, isValidAt } from '../../schemas/suite/target-file.ts';
import { secretFrom } from './secret-answer.ts';

/** One question of `pruefstand init`. */
export interface Question {
  /** Place in the target file, as a JSON pointer: an answer is judged by the schema's rule for it. */
  readonly key: string;
  readonly ask: Text;
  /** What is told after an answer the rule does not allow. */
  readonly wanted: Text;
  readonly fallback?: string;
  /** An empty answer leaves the key out. */
  readonly optional?: true;
  /** Not shown while it is typed. */
  readonly secret?: true;
  /** What goes into the file; the answer itself when left out. */
  value?(answer: string): unknown;
  /** What the rule for the key alone cannot see. */
  also?(answer: string, serverName: string): Text | undefined;
}

/** What is wrong with an answer, or nothing. */
export function problemOf(question: Question, answer: string, serverName: string): Text | undefined {
  if (!isValidAt(question.key, valueFrom(question, answer))) return question.wanted;
  return question.also?.(answer, serverName);
}

export const valueFrom = (question: Question, answer: string): unknown => question.value?.(answer) ?? answer;

const wantedUrl = {
  en: 'a URL like https://matrix.example; http only on a loopback address',
  de: 'Eine URL wie https://matrix.example; http nur auf einer Loopback-Adresse',
};
const wantedProxy = { en: 'a URL like http://proxy.example:3128', de: 'Eine URL wie http://proxy.example:3128' };
const wantedServerName = {
  en: 'a server name like messenger.example, without https:// and path',
  de: 'Ein Servername wie messenger.example, ohne https:// und Pfad',
};
const wantedTime = {
  en: 'a time in the future with zone, e.g. 2027-01-31T18:00:00+01:00',
  de: 'Ein Zeitpunkt in der Zukunft mit Zone, z. B. 2027-01-31T18:00:00+01:00',
};
const wantedSomething = { en: 'please answer', de: 'Bitte antworten' };

/** The rule knows the shape of a URL, not whether a connection can be made of it (port 99999). */
const addressOr = (wanted: Text) => (answer: string) => (URL.canParse(answer) ? undefined : wanted);

const url = { wanted: wantedUrl, also: addressOr(wantedUrl) };

export const questions = {
  name: {
    key: '/name',
    ask: { en: 'Name of the deployment', de: 'Name der Installation' },
    wanted: wantedSomething,
  },
  serverName: {
    key: '/serverName',
    ask: {
      en: 'Matrix server name (after the colon of a user id)',
      de: 'Matrix-Servername (hinter dem Doppelpunkt einer Kennung)',
    },
    wanted: wantedServerName,
    also: (answer) => addressOr(wantedServerName)(`https://${answer}`),
  },
  homeserverUrl: { key: '/homeserverUrl', ask: { en: 'URL of the homeserver', de: 'URL des Homeservers' }, ...url },
  clientUrl: {
    key: '/clientUrl',
    ask: { en: 'URL of the web client (empty: none)', de: 'URL des Web-Clients (leer: keiner)' },
    optional: true,
    ...url,
  },
  adminUrl: {
    key: '/adminUrl',
    ask: { en: 'URL of the admin interface (empty: none)', de: 'URL der Verwaltungsschnittstelle (leer: keine)' },
    optional: true,
    ...url,
  },
  proxy: {
    key: '/proxy',
    ask: { en: 'HTTP proxy towards it (empty: none)', de: 'HTTP-Proxy dorthin (leer: keiner)' },
    wanted: wantedProxy,
    optional: true,
    also: addressOr(wantedProxy),
  },
  caCertificates: {
    key: '/caCertificates',
    ask: {
      en: 'PEM file with own certificate authorities, seen from the target file (empty: none)',
      de: 'PEM-Datei mit eigenen Zertifizierungsstellen, von der Zieldatei aus gesehen (leer: keine)',
    },
    wanted: wantedSomething,
    optional: true,
  },
  mayMutate: {
    key: '/permissions/mayMutate',
    ask: {
      en: 'May rooms, messages and devices be created? (yes/no)',
      de: 'Dürfen Räume, Nachrichten und Geräte angelegt werden? (ja/nein)',
    },
    wanted: { en: 'yes or no', de: 'ja oder nein' },
    fallback: 'no',
    value: (answer) => (/^(yes|ja)$/i.test(answer) ? true : /^(no|nein)$/i.test(answer) ? false : answer),
  },
  users: {
    key: '/permissions/mayStress/users',
    ask: {
      en: 'Load test up to how many users at once?',
      de: 'Lasttest mit höchstens wie vielen gleichzeitigen Personen?',
    },
    wanted: { en: 'a whole number, 0 for no load', de: 'Eine ganze Zahl, 0 für keine Last' },
    fallback: '0',
    value: (answer) => (/^\d{1,7}$/.test(answer) ? Number(answer) : answer),
  },
  until: {
    key: '/permissions/until',
    ask: {
      en: 'Permission ends at (e.g. 2027-01-31T18:00:00+01:00)',
      de: 'Die Erlaubnis endet am (z. B. 2027-01-31T18:00:00+01:00)',
    },
    wanted: wantedTime,
    also: (answer) => (Date.parse(answer) > Date.now() ? undefined : wantedTime),
  },
  grantedByName: {
    key: '/permissions/grantedBy/name',
    ask: { en: 'Who gave the permission', de: 'Wer hat die Erlaubnis gegeben' },
    wanted: wantedSomething,
  },
  grantedByRole: {
    key: '/permissions/grantedBy/role',
    ask: { en: 'In which role', de: 'In welcher Funktion' },
    wanted: wantedSomething,
  },
  grantedByDate: {
    key: '/permissions/grantedBy/date',
    ask: { en: 'On which date (e.g. 2027-01-31)', de: 'An welchem Tag (z. B. 2027-01-31)' },
    wanted: { en: 'a date of the calendar, e.g. 2027-01-31', de: 'Ein Datum des Kalenders, z. B. 2027-01-31' },
  },
  userId: {
    key: '/accounts/0/userId',
    ask: { en: 'User id of a test account (empty: no more)', de: 'Kennung eines Prüfkontos (leer: keines mehr)' },
    wanted: { en: 'like @name:server', de: 'Wie @name:server' },
    optional: true,
    also: accountProblem,
  },
  credential: {
    key: '/accounts/0/password',
    ask: {
      en: 'Its password, or token:… for an access token; env:NAME or file:path keep it outside (not shown)',
      de: 'Dessen Kennwort, oder token:… für ein Zugangstoken; env:NAME oder file:Pfad halten es außerhalb (unsichtbar)',
    },
    wanted: {
      en: 'a password, token:…, env:NAME with the name of a variable, or file:path',
      de: 'Ein Kennwort, token:…, env:NAME mit dem Namen einer Variablen oder file:Pfad',
    },
    secret: true,
    value: (answer) => secretFrom(answer).secret,
  },
  deviceId: {
    key: '/accounts/0/deviceId',
    ask: { en: 'Device id of that token', de: 'Gerätekennung zu diesem Token' },
    wanted: wantedSomething,
  },
} satisfies Record<string, Question>;
