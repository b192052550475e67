import type { HttpSend } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../alteration.ts';
import { waitUntil } from '../wait-until.ts';

export interface SecretRequests {
  readonly between: (send: HttpSend) => HttpSend;
  /** Resolves with the number under which the device asked for that secret; undefined at the deadline. */
  waitFor(name: string): Promise<string | undefined>;
}

/** Reads along, as every device of the person may, for which secrets a device asks the others. */
export function listenForSecretRequests(deadlineMs: number): SecretRequests {
  const asked = new Map<string, string>();
  const listeners = new Set<() => void>();
  const { signal } = new AbortController();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    between: (send) => async (request) => {
      const answer = await send(request);
      if (!new URL(request.url).pathname.includes('/sendToDevice/m.secret.request/')) return answer;
      const body = typeof request.body === 'string' ? parsedJson(request.body) : undefined;
      for (const { name, request_id: id } of messagesIn(body)) asked.set(String(name), String(id));
      for (const listener of listeners) listener();
      return answer;
    },
    waitFor: (name) => waitUntil(() => asked.get(name), { deadlineMs, signal, onChange }),
  };
}

const messagesIn = (body: unknown): readonly JsonObject[] =>
  valuesOf(isJsonObject(body) ? body['messages'] : undefined)
    .flatMap(valuesOf)
    .filter(isJsonObject)
    .filter(({ action }) => action === 'request');

const valuesOf = (value: unknown): readonly unknown[] => (isJsonObject(value) ? Object.values(value) : []);
