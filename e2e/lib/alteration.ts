import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';

/** What a counterexample does: one answer of the target, as `device` gets to see it. */
export type Alteration = (seen: SeenAnswer) => HttpAnswer;

export interface SeenAnswer {
  readonly device: string;
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
}

/** The sender of one device, for which the target seems to have the defect. */
export function sendAltered(device: string, send: HttpSend, alter: Alteration | undefined): HttpSend {
  if (alter === undefined) return send;
  return async (request) => alter({ device, request, answer: await send(request) });
}

/** Stands between a device and the homeserver, as part of a flow: what the homeserver answers comes changed. */
export const attackedBy =
  (attack: Alteration) =>
  (send: HttpSend, device: string): HttpSend =>
    sendAltered(device, send, attack);

export function withText(answer: HttpAnswer, text: string): HttpAnswer {
  return { ...answer, bytes: new TextEncoder().encode(text), text: () => text };
}

/** Changes every object of a JSON answer, inside out; `undefined` removes it from the list it stands in. Other answers stay. */
export function alterJson(answer: HttpAnswer, change: (object: JsonObject) => JsonObject | undefined): HttpAnswer {
  if (!(answer.headers['content-type'] ?? '').includes('json')) return answer;
  return withText(answer, JSON.stringify(changed(JSON.parse(answer.text()), change)));
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function changed(value: unknown, change: (object: JsonObject) => JsonObject | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => changed(item, change)).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, inner]) => [key, changed(inner, change)] as const);
  return change(Object.fromEntries(members));
}
