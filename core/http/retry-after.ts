import { parsedJson } from '../parsed-json.ts';
import type { HttpAnswer } from './http.ts';

/** How long an answer with status 429 asks to wait; undefined when it does not say. The header is in seconds; older servers name milliseconds in the body. */
export function retryAfterMs({ headers, text }: Pick<HttpAnswer, 'headers' | 'text'>): number | undefined {
  const inBody = millisecondsIn(text());
  if (inBody !== undefined) return inBody;
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10);
  return Number.isNaN(seconds) || seconds < 0 ? undefined : seconds * 1_000;
}

function millisecondsIn(body: string): number | undefined {
  const found = parsedJson(body);
  const isObject = typeof found === 'object' && found !== null && 'retry_after_ms' in found;
  const milliseconds = isObject ? found.retry_after_ms : undefined;
  return typeof milliseconds === 'number' && milliseconds >= 0 ? milliseconds : undefined;
}
