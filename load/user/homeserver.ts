import http from 'k6/http';
import type { UserState } from './user-state.ts';

/** One answer; `body` is undefined when there was none. */
export interface Answer {
  readonly status: number;
  readonly body: string | undefined;
  /** Only when the homeserver limits. */
  readonly retryAfterMs?: number;
}

export interface Call {
  readonly method: 'GET' | 'PUT';
  /** With query, behind the base URL. */
  readonly path: string;
  readonly body?: string;
  /** Groups all calls of the operation; also names it in errors. */
  readonly name: 'sync' | 'send' | 'messages';
  readonly timeoutMs: number;
}

/** Calls as the user's device. Never throws: no answer is status 0, counted by its reason. */
export async function call(user: UserState, { method, path, body, name, timeoutMs }: Call): Promise<Answer> {
  const { meter, plan } = user.shared;
  meter.count('requests');
  const answer = await http.asyncRequest(method, plan.baseUrl + path, body ?? null, {
    headers: user.headers,
    tags: { name },
    timeout: timeoutMs,
    responseType: 'text',
    redirects: 0,
  });
  const text = typeof answer.body === 'string' ? answer.body : undefined;
  if (answer.status === 429) {
    meter.count('throttled');
    return { status: 429, body: text, retryAfterMs: retryAfterMs(text) };
  }
  if (answer.status !== 200) meter.fail(`${name} ${answer.status === 0 ? reason(answer.error_code) : answer.status}`);
  return { status: answer.status, body: text };
}

/** Groups of k6's error codes. */
function reason(code: number): string {
  if (code === 1050) return 'timeout';
  if (code >= 1300 && code < 1400) return 'tls';
  return code >= 1100 && code < 1200 ? 'dns' : 'connection';
}

function retryAfterMs(body: string | undefined): number {
  const found = /"retry_after_ms"\s*:\s*(\d+)/.exec(body ?? '');
  return found?.[1] === undefined ? 1_000 : Number(found[1]);
}
