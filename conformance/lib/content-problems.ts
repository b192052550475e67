import type { JsonObject } from '../../schemas/json.ts';
import { validateEvent } from '../../schemas/matrix/operations.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';

/** Something wrong with an event of a type. */
export interface TypedProblem {
  readonly type: string;
  readonly text: string;
  readonly clause?: string;
}

const surroundings = {
  event_id: `$${'A'.repeat(43)}`,
  room_id: '!pruefstand:example.org',
  sender: '@pruefstand:example.org',
  origin_server_ts: 0,
};

/** What is wrong with the content of an event that came alone. */
export function contentProblems(bare: JsonObject, version: SpecVersion | undefined): readonly TypedProblem[] {
  return dressedProblems(bare, version).filter(({ text }) => text.startsWith('/content'));
}

/** What is wrong with an event as homeservers exchange it, but for what only they read: that, the schemas of the answers describe. */
export function pduProblems(pdu: JsonObject, version: SpecVersion | undefined): readonly TypedProblem[] {
  const { type, content } = pdu;
  const state = 'state_key' in pdu ? { state_key: pdu['state_key'] } : {};
  // By these it is known as one, which a redaction may have emptied.
  return dressedProblems({ type, ...state, content, auth_events: [], prev_events: [] }, version);
}

/** Schemas of types speak of events as clients get them. */
function dressedProblems(bare: JsonObject, version: SpecVersion | undefined): readonly TypedProblem[] {
  const validation = validateEvent({ ...surroundings, ...bare }, {}, version);
  const problems = validation.state === 'invalid' ? validation.problems : [];
  const type = typeof bare['type'] === 'string' ? bare['type'] : 'ohne Typ';
  return problems.map((text) => ({ type, text }));
}
