import { isDeepStrictEqual } from 'node:util';
import type { IdentifierPool } from './identifier-pool.ts';
import { kindOfIdentifier, malformedForms } from './identifiers.ts';
import type { JsonNode } from './json-nodes.ts';
import type { Edit, MutationKind } from './mutant.ts';

/** How one value of an answer can be falsified: nothing when that kind of lie does not apply to it. */
export type NodeMutation = (node: JsonNode, pool: IdentifierPool) => readonly Edit[];

/** Kinds of lies about single values. */
export const nodeMutations: Readonly<Partial<Record<MutationKind, NodeMutation>>> = {
  deletedKey: ({ path }) => (typeof path.at(-1) === 'string' ? [{ at: path, removed: true }] : []),

  null: ({ path, value }) => (value === null ? [] : [{ at: path, to: null }]),

  wrongType: ({ path, value }) => [{ at: path, to: ofAnotherType(value) }],

  emptyString: ({ path, value }) => (typeof value === 'string' && value !== '' ? [{ at: path, to: '' }] : []),

  malformedIdentifier: ({ path, value }, pool) =>
    kindOfIdentifier(value) === undefined ? [] : [{ at: path, to: pool.choose(malformedForms(String(value))) }],

  swappedIdentifiers: ({ path, value }, pool) => {
    const kind = kindOfIdentifier(value);
    const other = kind && pool.inAnswer.find((one) => one.kind === kind && one.value !== value);
    return other === undefined
      ? []
      : [
          { at: path, to: other.value },
          { at: other.path, to: value },
        ];
  },

  foreignIdentifier: ({ path, value }, pool) => {
    const foreign = pool.foreign(kindOfIdentifier(value));
    if (foreign !== undefined) return [{ at: path, to: foreign }];
    const key = path.at(-1);
    const foreignKey = pool.foreign(kindOfIdentifier(key));
    return foreignKey === undefined ? [] : [{ at: path, renamedTo: foreignKey }];
  },

  shortenedList: ({ path, value }) =>
    Array.isArray(value) && value.length > 0 ? [{ at: path, to: value.slice(0, -1) }] : [],

  duplicatedEntry: ({ path, value }) =>
    Array.isArray(value) && value.length > 0 ? [{ at: path, to: [...value, value.at(-1)] }] : [],

  reorderedList: ({ path, value }) => {
    if (!Array.isArray(value) || value.length < 2) return [];
    const reordered = value.toReversed();
    return isDeepStrictEqual(value, reordered) ? [] : [{ at: path, to: reordered }];
  },
};

function ofAnotherType(value: unknown): unknown {
  if (typeof value === 'string') return 17;
  if (Array.isArray(value)) return {};
  if (typeof value === 'object' && value !== null) return [];
  return String(value);
}
