import type { HttpAnswer, HttpRequest } from '../../core/http/http.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../../schemas/json.ts';
import { stringAt } from '../lib/json.ts';
import type { RecordedAnswer } from './recording.ts';

/** The answer to a /sync beyond the end of the recording, undefined when the request is none. */
export type QuietSync = (
  request: HttpRequest,
) => { readonly answer: HttpAnswer; readonly durationMs: number } | undefined;

/** What a /sync tells only when it is new. */
const news = new Set(['account_data', 'device_lists', 'presence', 'rooms', 'to_device']);

/**
 * A check that misses something goes on from the token of its last /sync, which nobody did while recording. The target then has
 * nothing new: it waits as long as it is told, gives the same token again and says what it says each time.
 */
export function quietSyncIn(answers: readonly RecordedAnswer[]): QuietSync {
  const given = new Map(answers.filter(isSync).flatMap((answer) => tokensOf(answer).map((token) => [token, answer])));
  return ({ method, url, headers }) => {
    if (method !== 'GET' || !syncPath.test(url)) return undefined;
    const query = new URL(url).searchParams;
    const since = query.get('since');
    const last = given.get(tokenKey(headers?.['authorization'], since ?? ''));
    if (since === null || last === undefined) return undefined;
    const text = JSON.stringify({ ...withoutNews(last), next_batch: since });
    const bytes = new TextEncoder().encode(text);
    const { status, headers: answered } = last;
    return {
      durationMs: Number(query.get('timeout') ?? 0),
      answer: { status, headers: answered, bytes, text: () => text },
    };
  };
}

function withoutNews({ bytes }: RecordedAnswer): JsonObject {
  const body = parsedJson(new TextDecoder().decode(bytes));
  return Object.fromEntries(Object.entries(isJsonObject(body) ? body : {}).filter(([key]) => !news.has(key)));
}

const syncPath = /\/_matrix\/client\/v3\/sync(\?|$)/;

const isSync = ({ request, status }: RecordedAnswer): boolean =>
  request.method === 'GET' && status === 200 && syncPath.test(request.url);

const tokenKey = (authorization: string | undefined, since: string): string => `${authorization ?? ''} ${since}`;

/** The token it went on from and the one it gave. */
function tokensOf({ request, bytes }: RecordedAnswer): readonly string[] {
  const tokens = [
    new URL(request.url).searchParams.get('since'),
    stringAt(parsedJson(new TextDecoder().decode(bytes)), ['next_batch']),
  ];
  return tokens.flatMap((token) => (typeof token === 'string' ? [tokenKey(request.authorization, token)] : []));
}
