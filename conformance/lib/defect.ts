import type { HttpRequest } from '../../core/http/http.ts';
import type { Surroundings } from '../../core/model/surroundings.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import type { TimedAnswer } from './answer.ts';
import { type Contact, contact } from './contact.ts';
import { type JsonPath, withoutValueAt, withValueAt } from './json.ts';

/** The target seems to answer otherwise than it does. Applied after the real answer came. */
export interface HttpDefect {
  readonly when: {
    readonly method?: string;
    /** A path with parameters in braces, or a pattern for the path as sent, without the query. */
    readonly path: string | RegExp;
    /** Also what a limit answers is altered; else it passes as it is, because the same request follows once it is over. */
    readonly limits?: true;
  };
  readonly alter: Alteration;
  /** What else the homeserver does then: asks a server of the bench something it should not, or not so. */
  readonly besides?: (answer: AlterableAnswer, seen: Circumstances, around: Surroundings) => Contact | undefined;
}

/** Pure: the altered answer follows from the real one and what went before. */
export type Alteration = (answer: AlterableAnswer, seen: Circumstances) => AlterableAnswer;

export interface AlterableAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined stands for a body that is no JSON. */
  readonly json: unknown;
  /** Such a body, as far as the target sent one; without it a page for people stands there. */
  readonly bytes?: Uint8Array | undefined;
  readonly durationMs: number;
}

export interface Circumstances {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly requestJson: unknown;
  readonly hasToken: boolean;
  /** Answers to the same kind of request before this one, as the check saw them. */
  readonly earlier: readonly AlterableAnswer[];
}

export type TimedSend = (request: HttpRequest) => Promise<TimedAnswer>;

export function withDefect(send: TimedSend, { when, alter, besides }: HttpDefect, around?: Surroundings): TimedSend {
  const pattern = typeof when.path === 'string' ? patternFrom(when.path) : when.path;
  const earlier: AlterableAnswer[] = [];
  return async (request) => {
    const answer = await send(request);
    const { path, query } = partsOf(request.url);
    if (answer.status === 429 && when.limits !== true) return answer;
    if ((when.method !== undefined && when.method !== request.method) || !pattern.test(path)) return answer;
    const seen = { ...circumstancesOf(request), path, query, earlier: [...earlier] };
    if (around !== undefined) await contact(besides?.(alterable(answer), seen, around));
    const altered = alter(alterable(answer), seen);
    earlier.push(altered);
    return wireAnswerFrom(altered);
  };
}

function patternFrom(template: string): RegExp {
  const escaped = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
}

function partsOf(url: string): { path: string; query: string } {
  const [path = '', query = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('?', 2);
  return { path, query };
}

function circumstancesOf({ method, headers, body }: HttpRequest) {
  const requestJson = typeof body === 'string' ? parsedJson(body) : undefined;
  return { method, requestJson, hasToken: headers?.['authorization'] !== undefined };
}

function alterable({ status, headers, durationMs, bytes, ...answer }: TimedAnswer): AlterableAnswer {
  const json = parsedJson(answer.text());
  return { status, headers, durationMs, json, ...(json === undefined && { bytes }) };
}

function wireAnswerFrom({ status, headers, durationMs, ...altered }: AlterableAnswer): TimedAnswer {
  const bytes = bodyOf(altered);
  return { status, headers, durationMs, bytes, text: () => new TextDecoder().decode(bytes) };
}

function bodyOf({ json, bytes }: Pick<AlterableAnswer, 'json' | 'bytes'>): Uint8Array {
  const text = json === undefined ? '<html><body>altered</body></html>' : JSON.stringify(json);
  return json === undefined && bytes !== undefined ? bytes : new TextEncoder().encode(text);
}

/** The answer is as it should be: what is wrong is what the homeserver does besides. */
export const unchanged: Alteration = (answer) => answer;

/** Answers something else altogether, as JSON. */
export const answering =
  (status: number, json: unknown): Alteration =>
  ({ headers, durationMs }) => ({
    status,
    json,
    durationMs,
    headers: { ...headers, 'content-type': 'application/json' },
  });

/** A page for people where programs expect JSON. */
export const answeringPage: Alteration = ({ headers, ...answer }) => ({
  ...answer,
  headers: { ...headers, 'content-type': 'text/html' },
  json: undefined,
  bytes: undefined,
});

export const setting =
  (path: JsonPath, value: unknown): Alteration =>
  (answer) => ({ ...answer, json: withValueAt(answer.json, path, value) });

export const removing =
  (path: JsonPath): Alteration =>
  (answer) => ({ ...answer, json: withoutValueAt(answer.json, path) });

/** Sends another body that is no JSON. */
export const withBytes =
  (bytes: Uint8Array): Alteration =>
  (answer) => ({ ...answer, json: undefined, bytes });

export const withStatus =
  (status: number): Alteration =>
  (answer) => ({ ...answer, status });

export const withHeader =
  (name: string, value: string | undefined): Alteration =>
  ({ headers, ...answer }) => {
    const others = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
    return { ...answer, headers: value === undefined ? others : { ...others, [name]: value } };
  };

/** Alters only the n-th matching answer, counted from 1. */
export const onlyNth =
  (nth: number, alter: Alteration): Alteration =>
  (answer, seen) =>
    seen.earlier.length + 1 === nth ? alter(answer, seen) : answer;
