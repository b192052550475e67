import type { Clock } from '../model/clock.ts';
import { firstLineOf } from '../model/rig-error.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { redactBody, redactHeaders, redactUrl } from './redact.ts';

/** One request and its answer as kept for evidence: redacted, bodies cut. */
export interface Exchange {
  readonly at: string;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body?: unknown;
  };
  readonly answer:
    | {
        readonly status: number;
        readonly headers: Record<string, string>;
        readonly body: unknown;
        readonly sizeBytes: number;
      }
    | { readonly error: string };
}

export interface Recorder<Answer extends HttpAnswer = HttpAnswer> {
  readonly send: Send<Answer>;
  readonly exchanges: readonly Exchange[];
}

type Send<Answer> = (request: HttpRequest) => Promise<Answer>;

const maxBodyCharacters = 100_000;

/** Wraps a sender so that every exchange is kept, also those that failed. */
export function createRecorder<Answer extends HttpAnswer>(send: Send<Answer>, clock: Clock): Recorder<Answer> {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    send: async (request) => {
      const startedAt = clock.now();
      const keep = (answer: Exchange['answer']) =>
        exchanges.push({
          at: isoTime(startedAt),
          durationMs: clock.now() - startedAt,
          request: storedRequest(request),
          answer,
        });
      const answer = await send(request).catch((thrown: unknown) => {
        keep({ error: redactUrl(firstLineOf(thrown)) });
        throw thrown;
      });
      keep(storedAnswer(answer));
      return answer;
    },
  };
}

const isoTime = (ms: number) => new Date(ms).toISOString();

function storedRequest({ method, url, headers = {}, body }: HttpRequest): Exchange['request'] {
  const base = { method, url: redactUrl(url), headers: redactHeaders(headers) };
  if (body === undefined) return base;
  return { ...base, body: typeof body === 'string' ? cut(redactBody(body)) : `«${body.length} bytes»` };
}

function storedAnswer(answer: HttpAnswer): Exclude<Exchange['answer'], { error: string }> {
  return {
    status: answer.status,
    headers: redactHeaders(answer.headers),
    body: isText(answer) ? cut(redactBody(answer.text())) : `«${answer.bytes.length} bytes»`,
    sizeBytes: answer.bytes.length,
  };
}

const isText = ({ headers }: HttpAnswer) => /json|text|xml/i.test(headers['content-type'] ?? 'text');

function cut(body: unknown): unknown {
  const text = JSON.stringify(body) ?? '';
  return text.length <= maxBodyCharacters ? body : `«cut» ${text.slice(0, maxBodyCharacters)}`;
}
