import { isJsonObject } from '../../json.ts';

/** One change to a document, of the kinds that a lax schema does not notice. */
export interface Mutant {
  readonly kind: MutationKind;
  readonly pointer: string;
  readonly document: unknown;
}

export const mutationKinds = ['keyDeleted', 'null', 'wrongType', 'emptyText'] as const;
export type MutationKind = (typeof mutationKinds)[number];

/** Every mutant of a document, one change at a time. */
export function mutantsOf(document: unknown): readonly Mutant[] {
  return placesIn(document).flatMap((place) => [
    ...(place.isMember ? [mutant('keyDeleted', place, undefined)] : []),
    mutant('null', place, null),
    mutant('wrongType', place, typeof place.value === 'string' ? 1 : 'x'),
    ...(typeof place.value === 'string' && place.value !== '' ? [mutant('emptyText', place, '')] : []),
  ]);
}

interface Place {
  readonly pointer: string;
  readonly value: unknown;
  /** Of an object; elements of lists are not deleted here. */
  readonly isMember: boolean;
  with(value: unknown): unknown;
}

const mutant = (kind: MutationKind, { pointer, with: replaced }: Place, value: unknown): Mutant => ({
  kind,
  pointer,
  document: replaced(value),
});

function placesIn(document: unknown): readonly Place[] {
  if (Array.isArray(document)) {
    return document.flatMap((value, index) =>
      placesBelow(value, { step: String(index), isMember: false, put: (inner) => document.with(index, inner) }),
    );
  }
  if (!isJsonObject(document)) return [];
  return Object.entries(document).flatMap(([key, value]) => {
    const { [key]: _, ...others } = document;
    const put = (inner: unknown) => (inner === undefined ? others : { ...document, [key]: inner });
    return placesBelow(value, { step: key, isMember: true, put });
  });
}

interface Step {
  readonly step: string;
  readonly isMember: boolean;
  put(inner: unknown): unknown;
}

function placesBelow(value: unknown, { step, isMember, put }: Step): readonly Place[] {
  const below = placesIn(value).map((place) => ({
    ...place,
    pointer: `/${step}${place.pointer}`,
    with: (inner: unknown) => put(place.with(inner)),
  }));
  return [{ pointer: `/${step}`, value, isMember, with: put }, ...below];
}
