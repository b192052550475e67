import type { HttpRequest, HttpSend } from '../../core/http/http.ts';
import type { TimedAnswer } from './answer.ts';

export interface Scripted {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A target for tests of the transport: answers one after another, the last one for ever. */
export function scriptedSend(...answers: readonly Scripted[]): {
  readonly send: HttpSend;
  readonly requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  const send: HttpSend = async (request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    return wireAnswer(answer ?? { status: 500 });
  };
  return { send, requests };
}

export function wireAnswer({ status, json, text = JSON.stringify(json) ?? '', headers = {} }: Scripted): TimedAnswer {
  const all = { 'content-type': 'application/json', 'access-control-allow-origin': '*', ...headers };
  return { status, headers: all, bytes: new TextEncoder().encode(text), text: () => text, durationMs: 1 };
}
