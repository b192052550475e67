import type { Text } from '../../core/model/text.ts';

/** One question of `pruefstand init`. `check` returns what is wrong with an answer, or nothing. */
export interface Question {
  readonly ask: Text;
  readonly fallback?: string;
  /** An empty answer leaves the key out. */
  readonly optional?: true;
  check(answer: string): Text | undefined;
}

const anything = () => undefined;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function checkUrl(answer: string): Text | undefined {
  const url = URL.parse(answer);
  if (url === null)
    return { en: 'this is no URL, e.g. https://matrix.example', de: 'Das ist keine URL, z. B. https://matrix.example' };
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) return undefined;
  return { en: 'only https, or http on a loopback address', de: 'Nur https, oder http auf einer Loopback-Adresse' };
}

function checkUsers(answer: string): Text | undefined {
  if (/^\d{1,7}$/.test(answer)) return undefined;
  return { en: 'a whole number, 0 for no load', de: 'Eine ganze Zahl, 0 für keine Last' };
}

function checkYesNo(answer: string): Text | undefined {
  return /^(yes|no|ja|nein)$/i.test(answer) ? undefined : { en: 'yes or no', de: 'ja oder nein' };
}

function checkTime(answer: string): Text | undefined {
  const valid = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(answer) && Date.parse(answer) > Date.now();
  return valid
    ? undefined
    : {
        en: 'a time in the future with zone, e.g. 2027-01-31T18:00:00+01:00',
        de: 'Ein Zeitpunkt in der Zukunft mit Zone, z. B. 2027-01-31T18:00:00+01:00',
      };
}

function checkDate(answer: string): Text | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(answer)
    ? undefined
    : { en: 'a date, e.g. 2027-01-31', de: 'Ein Datum, z. B. 2027-01-31' };
}

const checkFilled = (answer: string): Text | undefined =>
  answer === '' ? { en: 'please answer', de: 'Bitte antworten' } : undefined;

export const questions = {
  name: { ask: { en: 'Name of the deployment', de: 'Name der Installation' }, check: checkFilled },
  serverName: {
    ask: {
      en: 'Matrix server name (after the colon of a user id)',
      de: 'Matrix-Servername (hinter dem Doppelpunkt einer Kennung)',
    },
    check: checkFilled,
  },
  homeserverUrl: { ask: { en: 'URL of the homeserver', de: 'URL des Homeservers' }, check: checkUrl },
  clientUrl: {
    ask: { en: 'URL of the web client (empty: none)', de: 'URL des Web-Clients (leer: keiner)' },
    optional: true,
    check: checkUrl,
  },
  adminUrl: {
    ask: { en: 'URL of the admin interface (empty: none)', de: 'URL der Verwaltungsschnittstelle (leer: keine)' },
    optional: true,
    check: checkUrl,
  },
  proxy: {
    ask: { en: 'HTTP proxy towards it (empty: none)', de: 'HTTP-Proxy dorthin (leer: keiner)' },
    optional: true,
    check: anything,
  },
  caCertificates: {
    ask: {
      en: 'PEM file with own certificate authorities (empty: none)',
      de: 'PEM-Datei mit eigenen Zertifizierungsstellen (leer: keine)',
    },
    optional: true,
    check: anything,
  },
  mayMutate: {
    ask: {
      en: 'May rooms, messages and devices be created? (yes/no)',
      de: 'Dürfen Räume, Nachrichten und Geräte angelegt werden? (ja/nein)',
    },
    fallback: 'no',
    check: checkYesNo,
  },
  users: {
    ask: {
      en: 'Load test up to how many users at once?',
      de: 'Lasttest mit höchstens wie vielen gleichzeitigen Personen?',
    },
    fallback: '0',
    check: checkUsers,
  },
  until: { ask: { en: 'Permission ends at', de: 'Die Erlaubnis endet am' }, check: checkTime },
  grantedByName: { ask: { en: 'Who gave the permission', de: 'Wer hat die Erlaubnis gegeben' }, check: checkFilled },
  grantedByRole: { ask: { en: 'In which role', de: 'In welcher Funktion' }, check: checkFilled },
  grantedByDate: { ask: { en: 'On which date', de: 'An welchem Tag' }, check: checkDate },
  userId: {
    ask: { en: 'User id of a test account (empty: no more)', de: 'Kennung eines Prüfkontos (leer: keines mehr)' },
    optional: true,
    check: checkUserId,
  },
  credential: {
    ask: {
      en: 'Its password, or token:… for an access token; env:NAME or file:path keep it outside',
      de: 'Dessen Kennwort, oder token:… für ein Zugangstoken; env:NAME oder file:Pfad halten es außerhalb',
    },
    check: checkFilled,
  },
  deviceId: { ask: { en: 'Device id of that token', de: 'Gerätekennung zu diesem Token' }, check: checkFilled },
} satisfies Record<string, Question>;

function checkUserId(answer: string): Text | undefined {
  return /^@[^:\s]+:\S+$/.test(answer) ? undefined : { en: 'like @name:server', de: 'Wie @name:server' };
}
