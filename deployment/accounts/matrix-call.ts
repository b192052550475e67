import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../../schemas/json.ts';

export interface MatrixCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** One request with a JSON body, as Matrix has it; any status is returned. */
export function call(send: HttpSend, { method, url, token, body, timeoutMs }: MatrixCall): Promise<HttpAnswer> {
  return send({
    method,
    url,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** For what must succeed before any check can begin. `purpose` completes "could not …". */
export async function mustCall(send: HttpSend, request: MatrixCall, purpose: string): Promise<JsonObject> {
  const answer = await call(send, request);
  if (answer.status === 200 || answer.status === 201) return objectIn(answer);
  throw refused(request, answer, purpose);
}

export function refused(request: Pick<MatrixCall, 'method' | 'url'>, answer: HttpAnswer, purpose: string): RigError {
  const where = `${request.method} ${new URL(request.url).pathname} → ${answer.status} ${answer.text().slice(0, 300)}`;
  return new RigError('targetRefused', { de: `${purpose}: ${where}`, en: `${purpose}: ${where}` });
}

export function objectIn(answer: HttpAnswer): JsonObject {
  const found = objectOrNothing(answer);
  if (found !== undefined) return found;
  const got = `status ${answer.status}: ${answer.text().slice(0, 200)}`;
  throw new RigError('targetRefused', `expected a JSON object, got ${got}`);
}

/** The object that was answered, or nothing when it was something else, such as the error page of a web server. */
export function objectOrNothing(answer: HttpAnswer): JsonObject | undefined {
  const value = parsedJson(answer.text());
  return isJsonObject(value) ? value : undefined;
}

/** A text the answer must have. */
export function textOf(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value === 'string') return value;
  throw new RigError('targetRefused', `expected "${key}" to be a text in the answer, got ${typeof value}`);
}
