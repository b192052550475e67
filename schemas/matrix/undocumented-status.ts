import { isJsonObject } from '../json.ts';
import type { Operation } from './operation-table.ts';

/** Whether an operation answered with a status that neither its own documentation nor the general rules of the API foresee. */
export function isUndocumentedStatus(
  { statuses }: Pick<Operation, 'statuses'>,
  status: number,
  body: unknown,
): boolean {
  const isDocumented = statuses.includes(String(status)) || statuses.includes(`${Math.floor(status / 100)}XX`);
  return !isDocumented && !isForeseen(status, isJsonObject(body) ? body['errcode'] : undefined);
}

/** What any operation may answer, wherever only successes are documented. */
function isForeseen(status: number, errcode: unknown): boolean {
  switch (status) {
    // No or a bad token; not allowed; too large; too often.
    case 401:
    case 403:
    case 413:
    case 429:
      return true;
    case 400:
      return malformedRequest.has(errcode);
    case 404:
    case 405:
      return errcode === 'M_UNRECOGNIZED';
    default:
      return status >= 500;
  }
}

const malformedRequest: ReadonlySet<unknown> = new Set([
  'M_BAD_JSON',
  'M_NOT_JSON',
  'M_MISSING_PARAM',
  'M_INVALID_PARAM',
  'M_UNRECOGNIZED',
]);
