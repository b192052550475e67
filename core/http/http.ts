import type { AbortSignalLike } from '../model/family-runtime.ts';

/** One request of the bench to the target. Redirects are never followed: a check sees what the target answers. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whole exchange; default 30 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignalLike;
  /**
   * Leaves from a machine nobody used before, where the deployment can stage one: limits per address then count as for people
   * at their desks. Elsewhere it means nothing.
   */
  readonly fromNewMachine?: boolean;
}

/** Header names are lower case; several values are joined by `, `. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The body as UTF-8. */
  text(): string;
}

/** Sends one request. Throws RigError `targetUnreachable` when there is no answer, `interrupted` when stopped; any status is an answer. */
export type HttpSend = (request: HttpRequest) => Promise<HttpAnswer>;
