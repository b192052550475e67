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

/** As k6 tells it: with every poll that is open, an object in between would be one more for each user. */
export interface Told {
  readonly status: number;
  readonly body: string | ArrayBuffer | null;
  /** Names in the usual spelling: `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;
  /** k6's code of why there was no answer. */
  readonly error_code: number;
}
