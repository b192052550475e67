import { isUtf8 } from 'node:buffer';
import type { HttpRequest, HttpSend } from '../../core/http/http.ts';
import { createRecorder, type Exchange } from '../../core/http/recorder.ts';
import type { Session } from '../../core/model/bench.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { Surroundings } from '../../core/model/surroundings.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import type { Answer, TimedAnswer } from './answer.ts';
import { type HttpDefect, type TimedSend, withDefect } from './defect.ts';
import { withPatience } from './patience.ts';
import { createLedger, type Ledger } from './validation.ts';

export interface RequestOptions {
  /** Values for the parameters in braces; encoded here. */
  readonly params?: Readonly<Record<string, string>>;
  /** A list stands for the same name several times. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON; a string or bytes are sent as they are. */
  readonly body?: unknown;
  /** Who asks; without it the request carries no token. Whose token it is, answers are held against. */
  readonly session?: Pick<Session, 'accessToken'> & Partial<Session>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another public address of the target than the homeserver's, without trailing slash. */
  readonly baseUrl?: string;
  /** Whole exchange; default 30 s. */
  readonly timeoutMs?: number;
  /** Sent from a machine nobody used before, where the bench can stage one: for logins, which are limited per address. */
  readonly fromNewMachine?: boolean;
  /** False: the answer of a limit is what the check asks for; default true. */
  readonly waitsForLimits?: boolean;
}

/** Asks the target. Any status is an answer; waits out rate limits. */
export type Request = (method: string, template: string, options?: RequestOptions) => Promise<Answer>;

export interface Transport {
  readonly request: Request;
  readonly ledger: Ledger;
  readonly exchanges: readonly Exchange[];
}

export interface TransportOptions {
  readonly send: HttpSend;
  /** Without trailing slash. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly signal: AbortSignalLike;
  readonly defect?: HttpDefect;
  /** What a defect may reach besides the target. */
  readonly surroundings?: Surroundings | undefined;
  /** Told of every wait a limit of the target imposes, in ms. */
  held?(ms: number): void;
  /** What answers are held to; without it to the newest text. */
  readonly specVersion?: SpecVersion | undefined;
  /** Whether every exchange is kept for the evidence; default true. */
  readonly keepsExchanges?: boolean;
  openLedger?(version?: SpecVersion): Ledger;
}

/** Sends, alters when told to, records, follows limits, validates: in this order, so that the record shows what the check saw. */
export function createTransport(options: TransportOptions): Transport {
  const { baseUrl, clock, signal, defect, keepsExchanges = true } = options;
  const timed = timedSend(options.send, clock);
  const seen = defect === undefined ? timed : withDefect(timed, defect, options.surroundings);
  const recorder = keepsExchanges ? createRecorder(seen, clock) : { send: seen, exchanges: [] };
  const ledger = (options.openLedger ?? createLedger)(options.specVersion);
  const request: Request = async (method, template, asked = {}) => {
    const path = encodedPath(template, asked.params ?? {});
    // An answer that is waited out is held against the specification like any other.
    const noting = async (sent: HttpRequest) => {
      const wire = await recorder.send(sent);
      const answer = answerFrom(wire, { method, template, path });
      ledger.note(answer, asked);
      return { ...wire, answer };
    };
    const ask = asked.waitsForLimits === false ? noting : withPatience(noting, clock, options.held);
    const { answer } = await ask({
      method,
      url: `${asked.baseUrl ?? baseUrl}${path}${queryText(asked.query)}`,
      signal,
      ...wireParts(asked),
    });
    return answer;
  };
  return { request, ledger, exchanges: recorder.exchanges };
}

function answerFrom(wire: TimedAnswer, asked: Pick<Answer, 'method' | 'template' | 'path'>): Answer {
  const { status, headers, bytes, durationMs } = wire;
  const text = wire.text();
  return { ...asked, status, headers, durationMs, text, bytes, json: jsonIn(bytes, text) };
}

/** By bytes: the very same, as when a recording is replayed again and again, are read once. */
const readBodies = new WeakMap<Uint8Array, { readonly json: unknown }>();

/** JSON is UTF-8 and nothing else; in another encoding it is none. */
function jsonIn(bytes: Uint8Array, text: string): unknown {
  const known = readBodies.get(bytes) ?? { json: isUtf8(bytes) ? parsedJson(text) : undefined };
  readBodies.set(bytes, known);
  return known.json;
}

function timedSend(send: HttpSend, clock: Clock): TimedSend {
  return async (request) => {
    const startedAt = clock.now();
    const { status, headers, bytes, ...answer } = await send(request);
    return { status, headers, bytes, text: () => answer.text(), durationMs: clock.now() - startedAt };
  };
}

/** Leaves everything but the braces as written: checks ask for paths that are no proper ones. */
export function encodedPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : encodeURIComponent(value);
  });
}

/** The path with its query, as it is sent. */
export const requestUri = (template: string, { params = {}, query }: RequestOptions): string =>
  `${encodedPath(template, params)}${queryText(query)}`;

const queryText = (query: RequestOptions['query']): string =>
  query === undefined ? '' : `?${new URLSearchParams(pairsOf(query)).toString()}`;

const pairsOf = (query: NonNullable<RequestOptions['query']>): [string, string][] =>
  Object.entries(query).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));

function wireParts({ body, session, headers, timeoutMs, fromNewMachine }: RequestOptions) {
  const authorization = session === undefined ? {} : { authorization: `Bearer ${session.accessToken}` };
  const content = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    headers: { ...content, ...authorization, ...headers },
    ...(body !== undefined && { body: isAsSent(body) ? body : JSON.stringify(body) }),
    ...(fromNewMachine === true && { fromNewMachine }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

const isAsSent = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array;
