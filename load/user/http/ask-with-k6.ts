import http from 'k6/http';
import type { Ask } from './ask.ts';

export const askWithK6: Ask = ({ method, url, headers, body, name, timeoutMs, wantsBody }) =>
  http.asyncRequest(method, url, body, {
    headers,
    tags: { name },
    timeout: timeoutMs,
    responseType: wantsBody ? 'text' : 'none',
    redirects: 0,
  });
