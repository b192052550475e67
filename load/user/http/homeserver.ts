import { objectFrom } from '../sync/sync-body.ts';
import { overMs, type UserState } from '../user-state.ts';
import type { Asked, Told } from './ask.ts';
import { backOffMs } from './back-off.ts';
import { breachIn, type Operation, type OperationName, operations } from './operations.ts';
import { renewToken } from './renew-token.ts';

/** One answer; `body` is undefined when there was none or it was no JSON object. */
export interface Answer {
  readonly status: number;
  readonly body: object | undefined;
  readonly bytes: number;
  /** Only when the homeserver limits. */
  readonly retryAfterMs?: number;
}

export interface Call {
  /** Groups all calls of the operation; also names it in errors. */
  readonly name: OperationName;
  /** With query, behind the base URL. */
  readonly path: string;
  readonly body?: string;
  /** Of the body, where it is no JSON. */
  readonly contentType?: string;
  readonly timeoutMs?: number;
  /** An answer that is no failure here, e.g. 404 for what need not exist. */
  readonly tolerated?: number;
}

const usualTimeoutMs = 30_000;
const attempts = 4;

/** Calls as the user's device, once more with a new token when the old one expired. Never throws. */
export async function call(user: UserState, request: Call): Promise<Answer> {
  const told = await user.shared.ask(askedFor(user, request));
  if (told.status === 401 && (await renewToken(user))) {
    return answerFrom(user, request, await user.shared.ask(askedFor(user, request)));
  }
  return answerFrom(user, request, told);
}

/** Repeated as clients do: when a limit allows it again, after failures with growing pauses; a refusal is final. */
export async function callPatiently(user: UserState, request: Call): Promise<Answer> {
  const { clock, random, meter } = user.shared;
  for (let attempt = 1; ; attempt++) {
    const answer = await call(user, request);
    if (!isPassing(answer.status)) return answer;
    const pauseMs = answer.retryAfterMs ?? backOffMs(random, attempt - 1);
    if (attempt === attempts || clock.now() + pauseMs >= overMs(user.shared)) {
      meter.count('givenUp');
      return answer;
    }
    await clock.pause(pauseMs);
  }
}

/** Worth another attempt: no answer, a limit, a failure of the homeserver. */
export const isPassing = (status: number): boolean => status === 0 || status === 429 || status >= 500;

function askedFor(user: UserState, { name, path, body, contentType, timeoutMs = usualTimeoutMs }: Call): Asked {
  const { meter, plan } = user.shared;
  const operation: Operation = operations[name];
  meter.count('requests');
  return {
    method: operation.method,
    url: (user.row.baseUrl ?? plan.baseUrl) + path,
    headers: contentType === undefined ? user.headers : { ...user.headers, 'content-type': contentType },
    body: body ?? null,
    name,
    timeoutMs,
    wantsBody: operation.answer !== undefined,
  };
}

/** Counts what came; a limit is none of the failures. */
function answerFrom({ shared }: UserState, { name, tolerated }: Call, told: Told): Answer {
  const { meter } = shared;
  const { status } = told;
  const text = typeof told.body === 'string' ? told.body : undefined;
  const body = objectFrom<object>(text);
  const answer = { status, body, bytes: text?.length ?? Number(told.headers['Content-Length'] ?? 0) };
  if (status === 429) {
    meter.count('throttled');
    return { ...answer, retryAfterMs: retryAfterMs(body, told.headers['Retry-After']) };
  }
  if (status === 200) {
    const breach = breachIn(operations[name], body);
    if (breach !== undefined) meter.fail(`contract ${name} ${breach}`);
  } else if (status !== tolerated) meter.fail(`${name} ${status === 0 ? reason(told.error_code) : status}`);
  return answer;
}

/** Groups of k6's error codes. */
function reason(code: number): string {
  if (code === 1050) return 'timeout';
  if (code >= 1300 && code < 1400) return 'tls';
  return code >= 1100 && code < 1200 ? 'dns' : 'connection';
}

/** The specification's header in seconds, or the older field in milliseconds. */
export function retryAfterMs(body: object | undefined, header: string | undefined): number {
  const { retry_after_ms: ms } = (body ?? {}) as { readonly retry_after_ms?: unknown };
  if (typeof ms === 'number' && ms >= 0) return ms;
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : 1_000;
}
