import type { JsonPath } from '../lib/json.ts';

export const mutationKinds = [
  'deletedKey',
  'null',
  'wrongType',
  'emptyString',
  'malformedIdentifier',
  'swappedIdentifiers',
  'foreignIdentifier',
  'foreignAnswer',
  'status',
  'errcode',
  'droppedHeader',
  'shortenedList',
  'duplicatedEntry',
  'reorderedList',
  'badBody',
] as const;

export type MutationKind = (typeof mutationKinds)[number];

/** One lie in one recorded answer, as plain data. */
export interface Mutant {
  readonly check: string;
  /** Position of the answer on the tape of that check. */
  readonly exchange: number;
  readonly place: MutantPlace;
  readonly change: Change;
}

/** What kind of place it is: the same for all mutants that only differ in which of several equal things they alter. */
export interface MutantPlace {
  readonly kind: MutationKind;
  /** Method and path template, or the path with `*` for what is data where the specification has none. */
  readonly operation: string;
  readonly status: number;
  /** JSON pointer with `*` for names that are data and `[type]` for entries of lists; the name of a header; the new status; what the body is. */
  readonly pattern: string;
}

/** What is different about the answer. */
export type Change = ReadableChange | { readonly body: BadBody };

/** The body stays readable. */
export type ReadableChange =
  | { readonly status: number }
  | { readonly withoutHeader: string }
  | { readonly edits: readonly Edit[] };

/** Bodies that are no JSON, whatever the head says. */
export const badBodies = ['HTML', 'halfJson', 'nested', 'UTF-16', 'empty'] as const;

export type BadBody = (typeof badBodies)[number];

export type Edit = { readonly at: JsonPath } & (
  | { readonly to: unknown }
  | { readonly removed: true }
  | { readonly renamedTo: string }
);

export const classOf = ({ kind, operation, status, pattern }: MutantPlace): string =>
  `${operation} → ${status} ${pattern} ${kind}`;
