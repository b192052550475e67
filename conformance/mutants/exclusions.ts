import type { MutantPlace } from './mutant.ts';
import { isOrdered } from './ordered-lists.ts';
import type { SchemaFacts } from './schema-facts.ts';

/** What is known of a mutant before it is tried; nothing of how any check judges it. */
export interface MutantFacts {
  readonly place: MutantPlace;
  /** Last step of the path, when it is a key. */
  readonly key: string | undefined;
  /** Of the altered place; undefined for lies about status and headers. */
  readonly schema: SchemaFacts | undefined;
  /** For identifiers, and answers made of such: whether anything asked or answered before, or a login, names one. */
  readonly isNamedBefore: boolean;
  /** The request chose which fields of events to see, or another format. */
  readonly isPartial: boolean;
  /** For a list: what it consists of. */
  readonly entries: 'none' | 'values' | 'objects';
}

/** A written rule that the altered answer is as good as the true one: nothing in the specification speaks against it. */
export interface Exclusion {
  readonly rule: string;
  /** German. */
  readonly reason: string;
  readonly clause: string;
  readonly applies: (facts: MutantFacts) => boolean;
}

const api = 'https://spec.matrix.org/v1.19/client-server-api/';

/** Texts that people write or read, and that no program interprets: any text will do, none too. */
const freeTexts = new Set([
  'body',
  'display_name',
  'displayname',
  'filename',
  'formatted_body',
  'last_seen_user_agent',
  'name',
  'og:description',
  'og:title',
  'reason',
  'soft_logout_reason',
  'topic',
]);

/** Lists of what this server offers, in whatever number: where the pattern ends, and for which operations. */
const offers: readonly { readonly operation: RegExp; readonly pattern: RegExp }[] = [
  { operation: /^GET \/_matrix\/client\/versions$/, pattern: /^\/versions$/ },
  { operation: /^GET \/_matrix\/client\/v3\/login$/, pattern: /^\/flows$/ },
  { operation: /^GET \/_matrix\/client\/v3\/capabilities$/, pattern: /./ },
  { operation: /^GET \/_matrix\/client\/v3\/voip\/turnServer$/, pattern: /^\/uris$/ },
  { operation: /^GET \/_matrix\/client\/v3\/thirdparty\//, pattern: /./ },
  { operation: /^GET \/_matrix\/client\/v1\/auth_metadata$/, pattern: /./ },
  { operation: /^GET \/\.well-known\/matrix\/support$/, pattern: /^\/contacts$/ },
  // In how many ways an identity can be proven; what one of the ways consists of is no offer.
  { operation: /./, pattern: /^\/flows$/ },
  // Servers that may help to reach a room.
  { operation: /\/directory\/room\//, pattern: /^\/servers$/ },
];

/** Lists that come in pages: how many entries at most is asked for, how many at least is nowhere promised. */
const pages: readonly { readonly operation: RegExp; readonly pattern: RegExp }[] = [
  { operation: /\/(messages|publicRooms|threads)$/, pattern: /^\/chunk$/ },
  { operation: /\/relations\//, pattern: /^\/chunk$/ },
  { operation: /\/hierarchy$/, pattern: /^\/rooms$/ },
  { operation: /\/notifications$/, pattern: /^\/notifications$/ },
  { operation: /\/search$/, pattern: /\/results$/ },
  { operation: /\/context\//, pattern: /^\/events_(before|after)$/ },
];

const isAmong = (
  lists: readonly { readonly operation: RegExp; readonly pattern: RegExp }[],
  { operation, pattern }: MutantPlace,
): boolean => lists.some((list) => list.operation.test(operation) && list.pattern.test(pattern));

/** What no client asks for. */
const forServers = / \/(\.well-known\/matrix\/(server|support|policy_server)$|_matrix\/(federation|key)\/)/;

/** True names in the wrong place. */
export const isAboutIdentifiers = ({ kind }: MutantPlace): boolean =>
  kind === 'swappedIdentifiers' || kind === 'foreignIdentifier' || kind === 'foreignAnswer';

/** The first rule that applies counts. */
export const exclusions: readonly Exclusion[] = [
  {
    rule: 'unknown-key',
    reason: 'Die Spezifikation beschreibt den Schlüssel nicht; was darunter steht, kann ihr nicht widersprechen.',
    clause: `${api}#api-standards`,
    applies: ({ schema }) => schema !== undefined && !schema.isKnown,
  },
  {
    rule: 'chosen-fields',
    reason:
      'Die Anfrage wählt aus, welche Felder von Ereignissen sie sehen will; was kommt, sind keine ganzen Ereignisse.',
    clause: `${api}#filtering`,
    applies: ({ place: { pattern }, isPartial }) => isPartial && /\/events(\/|$)/.test(pattern),
  },
  {
    rule: 'optional-key',
    reason: 'Der Schlüssel darf fehlen: Weder das Schema noch der Text der Spezifikation verlangt ihn.',
    clause: `${api}#api-standards`,
    applies: ({ place: { kind }, schema }) => kind === 'deletedKey' && schema?.isRequired === false,
  },
  {
    rule: 'any-value',
    reason: 'Die Spezifikation lässt an dieser Stelle jeden JSON-Wert zu.',
    clause: `${api}#api-standards`,
    applies: ({ place: { kind }, schema }) => (kind === 'null' || kind === 'wrongType') && schema?.isBound === false,
  },
  {
    rule: 'free-text',
    reason: 'Text für Menschen; auch ein leerer ist zulässig.',
    clause: `${api}#standard-error-response`,
    applies: ({ place: { kind }, key }) => kind === 'emptyString' && key !== undefined && freeTexts.has(key),
  },
  {
    rule: 'list-order',
    reason: 'Für diese Liste legt die Spezifikation keine Reihenfolge fest.',
    clause: `${api}#api-standards`,
    applies: ({ place }) => place.kind === 'reorderedList' && !isOrdered(place),
  },
  {
    rule: 'own-offer',
    reason: 'Der Server entscheidet selbst, was er anbietet; ein Angebot weniger ist kein Fehler.',
    clause: `${api}#api-versions`,
    applies: ({ place }) => place.kind === 'shortenedList' && isAmong(offers, place),
  },
  {
    rule: 'page-size',
    reason: 'Die Liste kommt in Seiten; der Server darf weniger Einträge geben, als höchstens verlangt sind.',
    clause: `${api}#pagination`,
    applies: ({ place }) => place.kind === 'shortenedList' && isAmong(pages, place),
  },
  {
    rule: 'repeated-value',
    reason:
      'In einer Liste einfacher Werte sagt der zweite gleiche nichts, was der erste nicht sagt; auch wo eine Ergänzung ihn als Fehler wertet, zählt er hier nicht.',
    clause: `${api}#api-standards`,
    applies: ({ place: { kind }, entries }) => kind === 'duplicatedEntry' && entries === 'values',
  },
  {
    rule: 'first-heard',
    reason:
      'Die Kennung vergibt der Server, und hier nennt er sie zum ersten Mal: Eine andere der richtigen Form widerspricht nichts, was bis dahin bekannt ist.',
    clause: 'https://spec.matrix.org/v1.19/appendices/#opaque-identifiers',
    applies: ({ place, isNamedBefore }) => isAboutIdentifiers(place) && !isNamedBefore,
  },
  {
    rule: 'preflight-header',
    reason:
      'Erlaubte Methoden und Kopffelder lesen Browser nur aus der Antwort auf die Voranfrage (OPTIONS); sonst sind sie eine Empfehlung.',
    clause: `${api}#web-browser-clients`,
    applies: ({ place: { kind, operation, pattern } }) =>
      kind === 'droppedHeader' &&
      !operation.startsWith('OPTIONS ') &&
      (pattern === 'access-control-allow-methods' || pattern === 'access-control-allow-headers'),
  },
  {
    rule: 'cache-hint',
    reason:
      'Ohne Angabe zum Speichern nennt die Antwort keine Frist, für die sie gälte; nur eine gespeicherte braucht Vary.',
    clause: `${api}#get_matrixclientversions`,
    applies: ({ place: { kind, pattern } }) => kind === 'droppedHeader' && pattern === 'cache-control',
  },
  {
    rule: 'server-document',
    reason:
      'Diese Antworten lesen andere Server und Menschen, keine Clients; Kopffelder sind dafür nicht vorgeschrieben.',
    clause: 'https://spec.matrix.org/v1.19/server-server-api/#server-discovery',
    applies: ({ place: { kind, operation } }) => kind === 'droppedHeader' && forServers.test(operation),
  },
  {
    rule: 'not-matrix',
    reason: 'Der Pfad gehört nicht zur Schnittstelle, die die Spezifikation beschreibt.',
    clause: `${api}#api-standards`,
    applies: ({ place: { operation } }) => !/ \/(_matrix|\.well-known\/matrix)\//.test(operation),
  },
];

export const exclusionOf = (facts: MutantFacts): Exclusion | undefined =>
  exclusions.find(({ applies }) => applies(facts));
