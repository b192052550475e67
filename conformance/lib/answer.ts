import type { HttpAnswer } from '../../core/http/http.ts';
import type { Finding } from '../../core/model/finding.ts';

/** An answer together with what it answers. */
export interface Answer {
  readonly method: string;
  /** The path as asked, with parameters in braces: the same in every run. */
  readonly template: string;
  /** The path as sent. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
  readonly text: string;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  readonly durationMs: number;
}

/** An answer as it came over the wire, and how long it took. */
export interface TimedAnswer extends HttpAnswer {
  readonly durationMs: number;
}

export const whereOf = ({ method, template }: Pick<Answer, 'method' | 'template'>): string => `${method} ${template}`;

export const requestLineOf = ({ method, path, status }: Answer): string => `${method} ${path} → ${status}`;

/** A finding that was seen at this answer. */
export function findingAt(
  answer: Answer,
  { code, title, expected, observed }: Pick<Finding, 'code' | 'title' | 'expected' | 'observed'>,
): Finding {
  return { code, title, expected, observed, where: whereOf(answer), request: requestLineOf(answer) };
}
