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

/** The same text without what makes it an identifier of its kind. */
export const malformed = (identifier: string): string =>
  identifier.startsWith('mxc://') ? identifier.replace('mxc://', 'https://') : identifier.slice(1);
