import { Buffer } from 'node:buffer';
import { Curve25519PublicKey, initAsync, PkEncryption } from '@matrix-org/matrix-sdk-crypto-wasm';
import { beforeAll, expect, it } from 'vitest';
import type { HttpAnswer, HttpSend } from '../../../core/http/http.ts';
import { encryptedFile } from '../sdk/file-encryption.ts';
import { listenForScannerRequests } from './requests.ts';
import { createStandInScanner } from './stand-in.ts';

const at = (path: string) => `https://example.org/_matrix/media_proxy/unstable/${path}`;

const answerWith = (bytes: Uint8Array, status = 200): HttpAnswer => ({
  status,
  headers: {},
  bytes,
  text: () => Buffer.from(bytes).toString(),
});

const notFound: HttpSend = async () => answerWith(new Uint8Array(), 404);

beforeAll(() => initAsync());

const ask = async (send: HttpSend) => {
  const { public_key: key } = JSON.parse((await send({ method: 'GET', url: at('public_key') })).text()) as {
    public_key: string;
  };
  const { ciphertext, opening } = await encryptedFile(new TextEncoder().encode('Inhalt'));
  const text = JSON.stringify({ file: { url: 'mxc://example.org/1', ...opening } });
  const closed = PkEncryption.fromKey(new Curve25519PublicKey(key)).encryptString(text).toBase64();
  const body = { encrypted_body: { ciphertext: closed.ciphertext, mac: closed.mac, ephemeral: closed.ephemeralKey } };
  return { ciphertext, body: JSON.stringify(body) };
};

it('opens a file with the key that was closed for it, and hands it out as it is stored', async () => {
  const scanner = createStandInScanner();
  scanner.start();
  let stored: Uint8Array = new Uint8Array();
  const requests = listenForScannerRequests();
  const send = requests.between(scanner.between(async () => answerWith(stored)));
  const { ciphertext, body } = await ask(send);
  stored = ciphertext;
  const answer = await send({ method: 'POST', url: at('download_encrypted'), body });
  expect(Buffer.from(answer.bytes)).toEqual(Buffer.from(ciphertext));
  stored = ciphertext.map((byte) => byte ^ 1);
  expect((await send({ method: 'POST', url: at('download_encrypted'), body })).status).toBe(400);
  expect(requests.list).toEqual([
    { operation: 'public_key', told: [] },
    { operation: 'download_encrypted', told: ['encrypted_body'] },
    { operation: 'download_encrypted', told: ['encrypted_body'] },
  ]);
});

it('leaves everything to the deployment until it is started', async () => {
  const { between } = createStandInScanner();
  expect((await between(notFound)({ method: 'GET', url: at('public_key') })).status).toBe(404);
});
