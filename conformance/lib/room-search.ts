import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import type { Request } from './transport.ts';

export const searchPath = '/_matrix/client/v3/search';

const category = ['search_categories', 'room_events'];

/** Full-text search over the bodies of messages; `options` are those of the category. */
export function searchMessages(
  request: Request,
  session: Session,
  term: string,
  { nextBatch, ...options }: { readonly nextBatch?: string } & Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const body = { search_categories: { room_events: { search_term: term, keys: ['content.body'], ...options } } };
  return request('POST', searchPath, {
    session,
    body,
    ...(nextBatch !== undefined && { query: { next_batch: nextBatch } }),
  });
}

export const searchResults = ({ json }: Pick<Answer, 'json'>): readonly unknown[] =>
  arrayAt(json, [...category, 'results']);

export const resultIds = (answer: Pick<Answer, 'json'>): readonly (string | undefined)[] =>
  searchResults(answer).map((found) => stringAt(found, ['result', 'event_id']));

export const inResults = (path: readonly (string | number)[]) => [...category, ...path];
