/** One request as the homeserver gets it; the only way to it. Never rejects: no answer is status 0. */
export type Ask = (request: Asked) => Promise<Told>;

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Groups all requests of an operation. */
  readonly name: string;
  readonly timeoutMs: number;
  /** What is not looked at is not kept. */
  readonly wantsBody: boolean;
}

export interface Told {
  readonly status: number;
  readonly body: string | undefined;
  readonly retryAfter: string | undefined;
  readonly bytes: number;
  /** k6's code of why there was no answer. */
  readonly errorCode: number;
}
