import type { Alteration } from './defect.ts';
import { arrayAt, type JsonPath, withValueAt } from './json.ts';
import { replacingState } from './room-state.ts';

/** For counterexamples: the whole state of a room with another value in the content of one type. */
export function changingState(type: string, path: JsonPath, value: unknown): Alteration {
  return (answer) => ({
    ...answer,
    json: replacingState(answer.json, type, (event) => [withValueAt(event, ['content', ...path], value)]),
  });
}

/** For counterexamples: the whole state of a room without one type. */
export function droppingState(type: string): Alteration {
  return (answer) => ({ ...answer, json: replacingState(answer.json, type, () => []) });
}

/** For counterexamples: the whole state of a room with one event more, in place of one of its type. */
export function addingState(event: Readonly<Record<string, unknown>>): Alteration {
  return (answer) => {
    const type = String(event['type']);
    const others = replacingState(answer.json, type, () => []);
    return { ...answer, json: [...arrayAt(others, []), event] };
  };
}
