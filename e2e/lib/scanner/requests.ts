import type { HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject } from '../alteration.ts';

const path = '/_matrix/media_proxy/unstable/';

export const isForScanner = ({ url }: HttpRequest): boolean => new URL(url).pathname.startsWith(path);

/** The first word behind the scanner's path: `public_key`, `download_encrypted` … */
export const scannerOperation = ({ url }: HttpRequest): string =>
  new URL(url).pathname.slice(path.length).split('/')[0] ?? '';

/** What a device asked the scanner: the operation, and the names of what it told. Holds no content. */
export interface ScannerRequest {
  readonly operation: string;
  readonly told: readonly string[];
}

export interface ScannerRequests {
  readonly list: readonly ScannerRequest[];
  readonly between: (send: HttpSend) => HttpSend;
}

export function listenForScannerRequests(): ScannerRequests {
  const list: ScannerRequest[] = [];
  return {
    list,
    between: (send) => (request) => {
      if (isForScanner(request)) list.push({ operation: scannerOperation(request), told: namesIn(request.body) });
      return send(request);
    },
  };
}

function namesIn(body: HttpRequest['body']): readonly string[] {
  const content = typeof body === 'string' ? parsedJson(body) : undefined;
  return isJsonObject(content) ? Object.keys(content).toSorted() : [];
}
