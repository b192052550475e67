import { essenceOf } from './event-essence.ts';
import { canonicalJson, stringAt } from './json.ts';

/** What a list of events amounts to as state: which event holds for each type and key; later ones win. */
export type StateSet = Readonly<Record<string, string>>;

export function stateSet(events: readonly unknown[]): StateSet {
  const set: Record<string, string> = {};
  for (const event of events) {
    const [type, key] = [stringAt(event, ['type']), stringAt(event, ['state_key'])];
    if (type !== undefined && key !== undefined) set[`${type} ${key}`] = canonicalJson(essenceOf(event));
  }
  return set;
}

/** What two states differ in, for people: types and keys only. */
export function stateDifference(wanted: StateSet, got: StateSet): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(got)])].toSorted();
  return names.filter((name) => wanted[name] !== got[name]);
}
