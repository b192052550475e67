import { type IdentifierKind, kindOfIdentifier } from './identifiers.ts';
import type { JsonNode } from './json-nodes.ts';

export interface IdentifierPool {
  /** Identifiers in the same answer, in its order. */
  readonly inAnswer: readonly FoundIdentifier[];
  /** One that belongs to others, who have nothing to do with this check. */
  foreign(kind: IdentifierKind | undefined): string | undefined;
  /** One of several ways to tell a lie, by the seed. */
  choose<T>(ways: readonly T[]): T;
}

export interface FoundIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly path: JsonNode['path'];
}

export function identifiersIn(nodes: readonly JsonNode[]): readonly FoundIdentifier[] {
  return nodes.flatMap(({ value, path }) => {
    const kind = kindOfIdentifier(value);
    return kind === undefined ? [] : [{ kind, value: String(value), path }];
  });
}
