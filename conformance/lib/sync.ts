import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt, valueAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export interface SyncWait {
  /** Where to go on; without it the first answer is an initial sync. */
  readonly since?: string;
  /** Further parameters of every request, such as a filter. */
  readonly query?: Readonly<Record<string, string>>;
  /** Called with every answer; true ends the waiting. */
  until(json: unknown): boolean;
  /** Longest waiting altogether. */
  readonly deadlineMs: number;
}

export interface SyncEnd {
  /** Whether the condition came true before the deadline. */
  readonly reached: boolean;
  /** Every answer on the way, the last one last. */
  readonly answers: readonly Answer[];
  readonly last: Answer;
  readonly nextBatch: string | undefined;
}

const longestPollMs = 5_000;

/** Polls /sync until the condition holds or the deadline is over. */
export async function waitForSync(
  { request, now }: { readonly request: Request; now(): number },
  session: Session,
  wait: SyncWait,
): Promise<SyncEnd> {
  const endsAt = now() + wait.deadlineMs;
  const answers: Answer[] = [];
  for (let since = wait.since; ; ) {
    const timeout = Math.max(0, Math.min(longestPollMs, endsAt - now()));
    const options = { timeout, ...(since !== undefined && { since }), ...(wait.query && { query: wait.query }) };
    const last = premise(await syncOnce(request, session, options));
    answers.push(last);
    const reached = wait.until(last.json);
    const nextBatch = stringAt(last.json, ['next_batch']);
    if (reached || nextBatch === undefined || now() >= endsAt) return { reached, answers, last, nextBatch };
    since = nextBatch;
  }
}

export const syncTemplate = '/_matrix/client/v3/sync';

export interface SyncOptions {
  /** In ms. */
  readonly timeout: number;
  readonly since?: string;
  /** Further parameters, such as a filter. */
  readonly query?: Readonly<Record<string, string>>;
}

/** A server may keep the first answer for whoever asks the same again soon, and accounts are lent: every question is another one. */
let initialSyncs = 0;
const mostDistinct = 1_000;

/** One /sync. */
export function syncOnce(
  request: Request,
  session: Session,
  { timeout, since, query: further }: SyncOptions,
): Promise<Answer> {
  // Nobody waits for a first answer, so a few milliseconds more change nothing.
  const distinct = since === undefined ? initialSyncs++ % mostDistinct : 0;
  const query = { timeout: String(timeout + distinct), ...(since !== undefined && { since }), ...further };
  return request('GET', syncTemplate, { session, query, timeoutMs: timeout + 30_000 });
}

/** Events of the timeline of a joined room, oldest first. */
export const timelineOf = (sync: unknown, roomId: string): readonly unknown[] =>
  arrayAt(sync, ['rooms', 'join', roomId, 'timeline', 'events']);

export const hasEvent = (events: readonly unknown[], eventId: string): boolean => countEvents(events, eventId) > 0;

export const countEvents = (events: readonly unknown[], eventId: string): number =>
  events.filter((event) => valueAt(event, ['event_id']) === eventId).length;
