import http from 'k6/http';
import type { Meter } from './meter.ts';

/** One answer; `body` is undefined when there was none. */
export interface Answer {
  readonly status: number;
  readonly body: string | undefined;
  readonly retryAfterMs: number | undefined;
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

export type Homeserver = (call: Call) => Promise<Answer>;

/** Calls as one device. Never throws: no answer is status 0, counted by its reason. */
export function createHomeserver(baseUrl: string, accessToken: string, meter: Meter): Homeserver {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  return async ({ method, path, body = null, name, timeoutMs }) => {
    meter.count('requests');
    const answer = await http.asyncRequest(method, baseUrl + path, body, {
      headers,
      tags: { name },
      timeout: timeoutMs,
      responseType: 'text',
      redirects: 0,
    });
    const text = typeof answer.body === 'string' ? answer.body : undefined;
    if (answer.status === 429) meter.count('throttled');
    else if (answer.status !== 200)
      meter.fail(`${name} ${answer.status === 0 ? reason(answer.error_code) : answer.status}`);
    return { status: answer.status, body: text, retryAfterMs: answer.status === 429 ? retryAfterMs(text) : undefined };
  };
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
