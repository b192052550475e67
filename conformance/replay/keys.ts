import type { HttpRequest } from '../../core/http/http.ts';
import type { AccountKind } from '../../core/model/bench.ts';

/** Equal for requests that ask for the same; how long to wait for news is no part of the question. */
export function requestKey({ method, url, headers, body }: HttpRequest): string {
  const token = headers?.['authorization'] ?? '';
  const content = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('base64');
  return [method, url.replace(/([?&]timeout)=\d+/, '$1'), token, headers?.['content-type'] ?? '', content].join('\n');
}

export const leaseKey = (place: string, label: string, kind: AccountKind | undefined, count = 1): string =>
  [place, label, kind ?? 'bench', count].join('\n');

export const loginKey = (place: string, userId: string, deviceName: string): string =>
  [place, userId, deviceName].join('\n');

/** Some device of the account. */
export const sessionKey = (place: string, userId: string): string => [place, userId].join('\n');
