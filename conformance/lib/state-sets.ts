import { stringAt } from './json.ts';

/** Names of the state a list of events amounts to: which event holds for each type and key; later ones win. */
export function stateSet(events: readonly unknown[]): Readonly<Record<string, string>> {
  const set: Record<string, string> = {};
  for (const event of events) {
    const [type, key, id] = [stringAt(event, ['type']), stringAt(event, ['state_key']), stringAt(event, ['event_id'])];
    if (type !== undefined && key !== undefined && id !== undefined) set[`${type} ${key}`] = id;
  }
  return set;
}

/** What two states differ in, for people: types and keys only. */
export function stateDifference(
  wanted: Readonly<Record<string, string>>,
  got: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(got)])].toSorted();
  return names.filter((name) => wanted[name] !== got[name]);
}
