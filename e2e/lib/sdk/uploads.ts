import { type MatrixClient, Method } from 'matrix-js-sdk';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import type { Call } from './call.ts';
import { encryptedFile } from './file-encryption.ts';

/** Encrypts and uploads; resolves with what opens the file. */
export async function uploadClosed(
  client: MatrixClient,
  call: Call,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<EncryptedFile> {
  const { ciphertext, opening } = await encryptedFile(bytes);
  return { url: await uploadBytes(client, call, ciphertext), ...opening };
}

/** Uploads as it is, without a name; resolves with the address. */
export async function uploadBytes(client: MatrixClient, call: Call, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const upload = () => client.uploadContent(bytes, { includeFilename: false, type: 'application/octet-stream' });
  return (await call('media/upload', upload)).content_uri;
}

export async function fetchBytes(client: MatrixClient, call: Call, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = `/media/download/${url.slice('mxc://'.length)}`;
  const blob = await call('media/download', () =>
    client.http.authedRequest<Blob>(Method.Get, path, undefined, undefined, {
      prefix: '/_matrix/client/v1',
      rawResponseBody: true,
    }),
  );
  return new Uint8Array(await blob.arrayBuffer());
}
