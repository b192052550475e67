import { isJsonObject } from '../json.ts';
import { once, oncePer } from '../once.ts';
import { createValidator, type Validator } from '../validator.ts';
import type { Api } from './api.ts';
import { readDefinitions, readOperationFacts, referenceTo, withDefinitions } from './bundle.ts';
import type { OperationFacts } from './operation-facts.ts';
import type { Operation } from './operation-table.ts';
import { standardErrorSchema } from './standard-error.ts';

export type Validation =
  | { readonly state: 'valid' }
  | { readonly state: 'invalid'; readonly problems: string[] }
  | { readonly state: 'noSchema' };

const definitions = once(readDefinitions);
const factsByRoute = oncePer((api: Api) => new Map(readOperationFacts(api).map((facts) => [routeOf(facts), facts])));
const validators = new Map<string, Validator>();

/** Body is the parsed JSON, undefined when there was none. Error bodies must be standard errors, documented or not. */
export function validateResponse(operation: Operation, status: number, body: unknown): Validation {
  const schema = responseSchema(operation, status);
  return schema === undefined ? { state: 'noSchema' } : validation(schema, body);
}

/** Events of /sync carry no room id although their schemas require it: name the room they came under. */
export function validateEvent(event: unknown, context: { readonly roomId?: string } = {}): Validation {
  if (!isJsonObject(event)) return validation(referenceTo('event.core-event-schema.event'), event);
  const name = eventSchemaName(event);
  if (name === undefined) return { state: 'noSchema' };
  const { roomId } = context;
  const isWithoutRoom = roomId !== undefined && 'event_id' in event && !('room_id' in event);
  return validation(referenceTo(name), isWithoutRoom ? { ...event, room_id: roomId } : event);
}

/** The schema a response must satisfy, undefined when the specification says nothing about its body. */
export function responseSchema(operation: Operation, status: number): object | undefined {
  const responses = factsByRoute(operation.api).get(routeOf(operation))?.responses ?? {};
  const content = (responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`])?.content;
  const documented = content?.['application/json'];
  const isClientError = status >= 400 && status < 500 && operation.path.startsWith('/_matrix/');
  if (!isClientError) return isJsonObject(documented) ? documented : undefined;
  if (documented === undefined) return standardErrorSchema;
  // Operations that ask for user-interactive authentication document only that; a bad token is answered by 401 too.
  return status === 401 ? { anyOf: [documented, standardErrorSchema] } : { allOf: [documented, standardErrorSchema] };
}

/** Compiled once per distinct schema, on first use. Problems are German: they become findings. */
export function validatorOf(schema: object): Validator {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known !== undefined) return known;
  const validator = createValidator(withDefinitions(schema, definitions()), 'de');
  validators.set(key, validator);
  return validator;
}

function validation(schema: object, data: unknown): Validation {
  const problems = validatorOf(schema)(data);
  return problems.length === 0 ? { state: 'valid' } : { state: 'invalid', problems };
}

function eventSchemaName(event: Readonly<Record<string, unknown>>): string | undefined {
  const { type, content, unsigned } = event;
  if (typeof type !== 'string') return 'event.core-event-schema.event';
  // Redaction takes away keys that the schema of the type requires.
  if (isJsonObject(unsigned) && isJsonObject(unsigned['redacted_because'])) {
    return `event.core-event-schema.${'state_key' in event ? 'state_event' : 'room_event'}`;
  }
  const subType = isJsonObject(content)
    ? type === 'm.room.message'
      ? content['msgtype']
      : content['method']
    : undefined;
  return [`event.${type}$${subType}`, `event.${type}`].find((name) => definitions().has(name));
}

function routeOf({ method, path }: Pick<Operation | OperationFacts, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
