import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { settlingMs } from './poll.ts';
import { premise } from './premise.ts';
import { syncOnce } from './sync.ts';
import type { Tools } from './tools.ts';

export interface SettledSync {
  readonly since?: string;
  readonly query?: Readonly<Record<string, string>>;
  until(json: unknown): boolean;
}

/** One sync over everything since the token: asks again from there until what came last is in it, so that nothing is split. */
export function syncedTo(
  { request, poll }: Pick<Tools, 'request' | 'poll'>,
  session: Session,
  { since, query, until }: SettledSync,
): Promise<Answer> {
  const options = { ...(since !== undefined && { since }), ...(query && { query }) };
  // A server may keep an answer for whoever asks the same again: every question is another one, by a millisecond.
  let timeout = 0;
  return poll({
    ask: async () => premise(await syncOnce(request, session, { ...options, timeout: timeout++ })),
    until: ({ json }) => until(json),
    deadlineMs: settlingMs,
  });
}
