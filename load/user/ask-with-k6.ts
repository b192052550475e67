import http from 'k6/http';
import type { Ask } from './ask.ts';

export const askWithK6: Ask = async ({ method, url, headers, body, name, timeoutMs, wantsBody }) => {
  const answer = await http.asyncRequest(method, url, body, {
    headers,
    tags: { name },
    timeout: timeoutMs,
    responseType: wantsBody ? 'text' : 'none',
    redirects: 0,
  });
  const text = typeof answer.body === 'string' ? answer.body : undefined;
  return {
    status: answer.status,
    body: text,
    retryAfter: answer.headers['Retry-After'],
    bytes: text?.length ?? Number(answer.headers['Content-Length'] ?? 0),
    errorCode: answer.error_code,
  };
};
