import { Base64EncodedPkMessage, PkDecryption, PkMessage } from '@matrix-org/matrix-sdk-crypto-wasm';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject } from '../alteration.ts';
import { openedFile } from '../sdk/file-encryption.ts';
import { isForScanner, scannerOperation } from './requests.ts';

/** A content scanner of the bench, for deployments without one: it opens every file and finds nothing in it. */
export interface StandInScanner {
  readonly between: (send: HttpSend) => HttpSend;
  /** From now on it answers where the deployment did. */
  start(): void;
}

export function createStandInScanner(): StandInScanner {
  const keys = new PkDecryption();
  let isOn = false;
  return {
    start: () => {
      isOn = true;
    },
    between: (send) => async (request) => {
      if (!isOn || !isForScanner(request)) return send(request);
      return scannerOperation(request) === 'public_key'
        ? json(200, { public_key: keys.publicKey().toBase64() })
        : scanned(request, { keys, send });
    },
  };
}

interface Tools {
  readonly keys: PkDecryption;
  readonly send: HttpSend;
}

/** Like the real one it takes the key of the file closed or open, and hands the file out as it lies in the media store. */
async function scanned({ url, headers = {}, body }: HttpRequest, { keys, send }: Tools): Promise<HttpAnswer> {
  const file = fileIn(parsedJson(String(body)), keys);
  if (file === undefined) return json(400, { reason: 'MCS_MALFORMED_JSON', errcode: 'MCS_MALFORMED_JSON' });
  const stored = new URL(`/_matrix/client/v1/media/download/${file.url.slice('mxc://'.length)}`, url);
  const answer = await send({ method: 'GET', url: stored.href, headers });
  const opened = await openedFile(Uint8Array.from(answer.bytes), file);
  return opened.kind === 'opened' ? answer : json(400, { reason: 'MCS_BAD_DECRYPTION', errcode: 'MCS_BAD_DECRYPTION' });
}

function fileIn(body: unknown, keys: PkDecryption): EncryptedFile | undefined {
  const closed = isJsonObject(body) ? body['encrypted_body'] : undefined;
  const content = isJsonObject(closed) ? parsedJson(opened(closed, keys)) : body;
  return isJsonObject(content) && isJsonObject(content['file'])
    ? (content['file'] as unknown as EncryptedFile)
    : undefined;
}

function opened({ ciphertext, mac, ephemeral }: Readonly<Record<string, unknown>>, keys: PkDecryption): string {
  const message = new Base64EncodedPkMessage(String(ciphertext), String(mac), String(ephemeral));
  return keys.decryptString(PkMessage.fromBase64(message));
}

function json(status: number, content: object): HttpAnswer {
  const text = JSON.stringify(content);
  const bytes = new TextEncoder().encode(text);
  return { status, headers: { 'content-type': 'application/json' }, bytes, text: () => text };
}
