import { isJsonObject } from '../json.ts';
import { oncePer } from '../once.ts';
import type { Api } from './api.ts';
import { readOperationFacts, referenceTo } from './bundle.ts';
import type { OperationFacts } from './operation-facts.ts';
import type { Operation } from './operation-table.ts';
import { isAfter, type SpecVersion } from './spec-version.ts';
import { authenticationAskedSchema, standardErrorSchema } from './standard-error.ts';

const factsByRoute = oncePer((api: Api) => new Map(readOperationFacts(api).map((facts) => [routeOf(facts), facts])));

/** Whether a server of that version has to offer the operation. */
export function isPromised({ added }: Pick<Operation, 'added'>, version: SpecVersion | undefined): boolean {
  return !isAfter(added, version);
}

/**
 * The schema a response must satisfy, undefined when the specification says nothing about its body. Error bodies must be
 * standard errors, documented or not; whether one has a body of the API at all, `speaksForApi` tells.
 */
export function responseSchema(operation: Operation, status: number, version?: SpecVersion): object | undefined {
  const documented = isPromised(operation, version) ? documentedSchema(operation, status) : undefined;
  const isError = status >= 400 && operation.path.startsWith('/_matrix/');
  if (!isError) return isJsonObject(documented) ? documented : undefined;
  if (documented === undefined) return status === 401 ? undocumentedRefusal : standardErrorSchema;
  // Operations that ask for user-interactive authentication document only that; a bad token is answered by 401 too.
  return status === 401 ? { anyOf: [documented, standardErrorSchema] } : { allOf: [documented, standardErrorSchema] };
}

/** What stands before a homeserver, such as a proxy, has errors of its own: words for people, not JSON of the API. */
export function speaksForApi(status: number, body: unknown, statuses: Operation['statuses'] = []): boolean {
  return status < 500 || statuses.includes(String(status)) || body !== undefined;
}

/** Not every operation that asks for user-interactive authentication documents that it does. */
const undocumentedRefusal = { anyOf: [standardErrorSchema, authenticationAskedSchema] };

function documentedSchema(operation: Operation, status: number): unknown {
  const facts = factsByRoute(operation.api).get(routeOf(operation));
  const responses = facts?.responses ?? {};
  const response = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
  // Whoever takes the proof may ask for it, also where the answer that asks is left out.
  if (response === undefined && status === 401 && takesAuthentication(facts)) return authenticationQuestion;
  return response?.content['application/json'];
}

/** The schema of what is asked, undefined when the specification says nothing about it. */
export function requestSchema(operation: Operation): unknown {
  return factsByRoute(operation.api).get(routeOf(operation))?.request?.content['application/json'];
}

const authenticationQuestion = referenceTo('client-server.auth_response');

function takesAuthentication(facts: OperationFacts | undefined): boolean {
  const body = facts?.request?.content['application/json'];
  return isJsonObject(body) && isJsonObject(body['properties']) && Object.hasOwn(body['properties'], 'auth');
}

function routeOf({ method, path }: Pick<Operation | OperationFacts, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
