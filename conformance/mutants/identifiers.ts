/** Identifiers that show by their first character what they name. */
export type IdentifierKind = 'user' | 'room' | 'event' | 'alias' | 'media';

const forms: Readonly<Record<IdentifierKind, RegExp>> = {
  user: /^@[^:\s]+:\S+$/,
  room: /^![^\s/]+$/,
  event: /^\$[^\s/]+$/,
  alias: /^#[^:\s]+:\S+$/,
  media: /^mxc:\/\/\S+$/,
};

export const identifierKinds = Object.keys(forms) as readonly IdentifierKind[];

export const kindOfIdentifier = (value: unknown): IdentifierKind | undefined =>
  typeof value === 'string' ? identifierKinds.find((kind) => forms[kind].test(value)) : undefined;

/** Ways to break the grammar of identifiers; undefined where a kind has no such part or no such limit. */
const malformations: readonly ((identifier: string) => string | undefined)[] = [
  (identifier) => (isMedia(identifier) ? identifier.replace('mxc://', 'https://') : identifier.slice(1)),
  // 255 bytes at most; only addresses of files have no limit.
  (identifier) => (isMedia(identifier) ? undefined : identifier[0] + 'a'.repeat(255) + identifier.slice(1)),
  (identifier) => (serverPart.test(identifier) ? identifier.replace(serverPart, '$1under_score.') : undefined),
  // The one character that even historical identifiers may not contain.
  (identifier) => `${identifier}\0`,
];

const serverPart = /^(mxc:\/\/|[@!#$][^:]*:)/;

const isMedia = (identifier: string): boolean => identifier.startsWith('mxc://');

/** The same as no identifier of its kind may be, in each way there is. */
export const malformedForms = (identifier: string): readonly string[] =>
  malformations.flatMap((malformation) => malformation(identifier) ?? []);
