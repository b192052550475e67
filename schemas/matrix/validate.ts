import { isJsonObject } from '../json.ts';
import { once, oncePer } from '../once.ts';
import { createValidator, type Validator } from '../validator.ts';
import { definitionsAsOf, schemaAsOf } from './as-of-version.ts';
import { readDefinitions, withDefinitions } from './bundle.ts';
import { kindOfEvent } from './event-kind.ts';
import { type ChooseEventSchema, createEventSchemas } from './event-schema.ts';
import type { Operation } from './operation-table.ts';
import { requestSchema, responseSchema, speaksForApi } from './response-schema.ts';
import { newestVersion, type SpecVersion } from './spec-version.ts';

export type Validation =
  | { readonly state: 'valid' }
  | { readonly state: 'invalid'; readonly problems: string[] }
  | { readonly state: 'noSchema' };

/** Body is the parsed JSON, undefined when there was none. `version`: the newest the server advertises; without it all of the newest text binds. */
export function validateResponse(
  operation: Operation,
  status: number,
  body: unknown,
  version?: SpecVersion,
): Validation {
  if (!speaksForApi(status, body, operation.statuses)) return { state: 'noSchema' };
  const { schemaOfResponse, validatorOf } = schemasOf(version);
  const schema = schemaOfResponse(operation, status);
  return schema === undefined ? { state: 'noSchema' } : validation(validatorOf(schema), body);
}

/** What a server asks another one. */
export function validateRequest(operation: Operation, body: unknown): Validation {
  const schema = requestSchema(operation);
  return isJsonObject(schema) ? validation(validatorOf(schema), body) : { state: 'noSchema' };
}

/** Events of /sync carry no room id although their schemas require it: name the room they came under. */
export function validateEvent(
  event: unknown,
  { roomId }: { readonly roomId?: string } = {},
  version?: SpecVersion,
): Validation {
  const { schemaOfEvent, validatorOf } = schemasOf(version);
  return validation(validatorOf(schemaOfEvent(event)), withRoom(event, roomId));
}

/** Compiled once per schema, on first use. Problems are German: they become findings. */
export function validatorOf(schema: object): Validator {
  return schemasOf(undefined).validatorOf(schema);
}

/** What a server may be held to; schemas refer to the definitions beside them. */
export interface Schemas {
  readonly definitions: ReadonlyMap<string, unknown>;
  readonly schemaOfEvent: ChooseEventSchema;
  schemaOfResponse(operation: Operation, status: number): object | undefined;
  validatorOf(schema: object): Validator;
}

const newestDefinitions = once(readDefinitions);

/** One set per advertised version; without one, that of the newest text. */
export function schemasOf(version: SpecVersion | undefined): Schemas {
  return setOf(version === newestVersion ? undefined : version);
}

const setOf = oncePer((version: SpecVersion | undefined): Schemas => {
  const newest = newestDefinitions();
  const definitions = version === undefined ? newest : definitionsAsOf(newest, version);
  const responses = new Map<string, object | undefined>();
  const validators = new WeakMap<object, Validator>();
  // Many operations share the form of an error.
  const ofEqual = oncePer((json: string) => createValidator(withDefinitions(JSON.parse(json), definitions), 'de'));
  return {
    definitions,
    schemaOfEvent: createEventSchemas(definitions),
    schemaOfResponse: (operation, status) => {
      const key = `${operation.api} ${operation.method} ${operation.path} ${status}`;
      if (responses.has(key)) return responses.get(key);
      const schema = responseSchema(operation, status, version);
      const restricted = version === undefined ? schema : schemaAsOf(schema, version, newest);
      responses.set(key, restricted as object | undefined);
      return responses.get(key);
    },
    validatorOf: (schema) => {
      const known = validators.get(schema) ?? ofEqual(JSON.stringify(schema));
      validators.set(schema, known);
      return known;
    },
  };
});

function validation(validator: Validator, data: unknown): Validation {
  const problems = validator(data);
  return problems.length === 0 ? { state: 'valid' } : { state: 'invalid', problems };
}

function withRoom(event: unknown, roomId: string | undefined): unknown {
  const isWithoutRoom = isJsonObject(event) && kindOfEvent(event) === 'client' && !('room_id' in event);
  return isWithoutRoom && roomId !== undefined ? { ...event, room_id: roomId } : event;
}
