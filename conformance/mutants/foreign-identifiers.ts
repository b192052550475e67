import { parsedJson } from '../../core/parsed-json.ts';
import type { Recording } from '../replay/recording.ts';
import type { IdentifierPool } from './identifier-pool.ts';
import { type IdentifierKind, kindOfIdentifier } from './identifiers.ts';
import { nodesOf } from './json-nodes.ts';

/** For each check identifiers of people, rooms and events that only another check met. */
export function foreignIdentifiersFor(recordings: readonly Recording[]): (check: string) => IdentifierPool['foreign'] {
  const met = recordings.map((recording) => ({ check: recording.check, byKind: identifiersMetIn(recording) }));
  return (check) => {
    const own = met.find((one) => one.check === check)?.byKind ?? new Map();
    const others = met.filter((one) => one.check !== check);
    const chosen = new Map<IdentifierKind, string | undefined>();
    return (kind) => {
      if (kind === undefined) return undefined;
      if (!chosen.has(kind)) chosen.set(kind, firstUnknown(others, own.get(kind) ?? new Set(), kind));
      return chosen.get(kind);
    };
  };
}

type Met = ReadonlyMap<IdentifierKind, ReadonlySet<string>>;

function firstUnknown(
  others: readonly { readonly byKind: Met }[],
  own: ReadonlySet<string>,
  kind: IdentifierKind,
): string | undefined {
  for (const { byKind } of others) {
    const found = [...(byKind.get(kind) ?? [])].find((value) => !own.has(value));
    if (found !== undefined) return found;
  }
  return undefined;
}

function identifiersMetIn({ exchanges, leases, logins }: Recording): Met {
  const met = new Map<IdentifierKind, Set<string>>();
  const meet = (value: unknown) => {
    const kind = kindOfIdentifier(value);
    if (kind !== undefined) met.set(kind, (met.get(kind) ?? new Set()).add(String(value)));
  };
  for (const { given } of [
    ...leases.flatMap(({ given: accounts }) => accounts.map((one) => ({ given: one }))),
    ...logins,
  ])
    meet(given.userId);
  for (const { given } of exchanges) {
    for (const { value, path } of nodesOf(parsedJson(new TextDecoder().decode(given.bytes)))) {
      meet(value);
      meet(path.at(-1));
    }
  }
  return met;
}
