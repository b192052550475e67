/**
 * Small servers of the bench on loopback that variants of the reference deployment talk to; the same for all variants
 * and all checks of a run: whoever looks into them looks for what is their own.
 */
export interface Surroundings {
  /** Takes every mail the homeserver sends. */
  readonly mailbox: Mailbox;
  /**
   * Where pushers are told to deliver: `${url}/_matrix/push/v1/notify`. Answers that nothing was rejected. Synapse notifies no
   * account of an application service, so none of kind `bench`.
   */
  readonly pushGateway: Sink;
  /**
   * Known to the variants `open` and `federated`. Answers transactions and pings with 200, tells of its network and answers
   * every other question with 404, as one that knows nobody.
   */
  readonly applicationService: ApplicationService;
  /** Single sign-on of the variant `open`. */
  readonly openIdProvider: OpenIdProvider;
  /** Pages for previews: answers 404 until told otherwise. */
  readonly pages: Sink;
  /** At an address of this machine that no variant may call: answers 404, and should never be asked. */
  readonly forbidden: Sink;
  /**
   * A new server at `localhost` with a certificate that the variants which federate trust, there until the run ends.
   * Answers 404 until told otherwise.
   */
  openServer(): Promise<Sink>;
}

/** A server that keeps what it is asked and answers what it is told to. */
export interface Sink {
  /** Without trailing slash. */
  readonly url: string;
  /** Oldest first. */
  readonly received: readonly SinkRequest[];
  /** The first request that fits, also one from before; undefined when none came in time (default 5 s). */
  waitFor(fits: SinkFilter, deadlineMs?: number): Promise<SinkRequest | undefined>;
  /** Answers so where it fits, until disposed; the one told last wins. */
  answering(fits: SinkFilter, answer: SinkAnswer | AnswerTo): Disposable;
}

/** Whoever asks waits for it; meanwhile the request counts as received. */
export type AnswerTo = (request: SinkRequest) => SinkAnswer | Promise<SinkAnswer>;

export type SinkFilter = (request: SinkRequest) => boolean;

export interface SinkRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
}

export interface SinkAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with `contentType`. */
  readonly text?: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection ends without an answer. */
  readonly hangsUp?: true;
}

export interface ApplicationService extends Sink {
  /** With it the service speaks to the homeserver. */
  readonly token: string;
  /** With it the homeserver speaks to the service. */
  readonly homeserverToken: string;
  readonly id: string;
  /** Local part of its own user. */
  readonly sender: string;
  /** Its users' local parts begin so, and nobody else may have them; so do its aliases. */
  readonly prefix: string;
  /** The one protocol of which it knows places and people. */
  readonly protocol: string;
  /** How it describes that; the same in every run, because a homeserver may remember it for hours. */
  network(): Readonly<Record<string, unknown>>;
}

export interface Mailbox {
  /** The first mail to the address after `count` earlier ones (default 0); undefined when none came in time (default 5 s). */
  waitFor(
    address: string,
    options?: { readonly after?: number; readonly deadlineMs?: number },
  ): Promise<Mail | undefined>;
  /** Oldest first. */
  to(address: string): readonly Mail[];
}

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Addresses of pages in the text, in order. */
  readonly links: readonly string[];
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** How the homeserver calls it: `idp_id` of the login flow. */
  readonly id: string;
  /** What a person's browser does at the provider: logs in as `subject` and agrees. Resolves with where it is sent next. */
  authorise(authorizationUrl: string, subject: string): Promise<string>;
}
