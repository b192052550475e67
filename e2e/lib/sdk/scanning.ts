import { Curve25519PublicKey, PkEncryption } from '@matrix-org/matrix-sdk-crypto-wasm';
import { HTTPError, type MatrixClient, MatrixError, Method } from 'matrix-js-sdk';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice, FetchedFile } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { openedFile } from './file-encryption.ts';

type ScanningMethods = Pick<CryptoDevice, 'scannerKey' | 'scanFile' | 'scanFileOpenly'>;

const prefix = '/_matrix/media_proxy/unstable';

/**
 * Files that a content scanner looks at before they are opened, as mobile clients of BundesMessenger have it:
 * https://github.com/element-hq/matrix-content-scanner-python/blob/main/docs/api.md
 */
export function scanningOf(client: MatrixClient, { call, wait }: DeviceTools): ScanningMethods {
  const scannerKey: CryptoDevice['scannerKey'] = async () => {
    const ask = () =>
      client.http.authedRequest<{ public_key?: string }>(Method.Get, '/public_key', {}, undefined, { prefix });
    return (await call('media_proxy/public_key', () => ask().catch(noScanner)))?.public_key;
  };
  const scan = async (
    { roomId, eventId }: { readonly roomId: string; readonly eventId: string },
    bodyFor: (file: EncryptedFile) => Promise<object>,
  ): Promise<FetchedFile> => {
    const file = await wait<EncryptedFile>(() => client.getRoom(roomId)?.findEventById(eventId)?.getContent()['file']);
    if (file === undefined) return { kind: 'absent' };
    const how = { prefix, rawResponseBody: true } as const;
    const body = { ...(await bodyFor(file)) };
    const ask = () => client.http.authedRequest<Blob>(Method.Post, '/download_encrypted', {}, body, how);
    const answer = await call('media_proxy/download_encrypted', () => ask().catch(refusal));
    if (typeof answer === 'string') return { kind: 'refused', reason: answer };
    return openedFile(new Uint8Array(await answer.arrayBuffer()), file);
  };
  return {
    scannerKey,
    scanFile: (roomId, eventId) =>
      scan({ roomId, eventId }, async (file) => {
        const key = await scannerKey();
        if (key === undefined) throw new RigError('defect', 'there is no scanner to look at the file');
        return { encrypted_body: closedFor(key, { file }) };
      }),
    scanFileOpenly: (roomId, eventId) => scan({ roomId, eventId }, async (file) => ({ file })),
  };
}

/** Only the owner of the key can read it. */
function closedFor(key: string, content: object) {
  const closed = PkEncryption.fromKey(new Curve25519PublicKey(key)).encryptString(JSON.stringify(content)).toBase64();
  return { ciphertext: closed.ciphertext, mac: closed.mac, ephemeral: closed.ephemeralKey };
}

function noScanner(thrown: unknown): undefined {
  if (thrown instanceof HTTPError && thrown.httpStatus === 404) return undefined;
  throw thrown;
}

function refusal(thrown: unknown): string {
  if (thrown instanceof MatrixError) return thrown.errcode ?? `HTTP ${thrown.httpStatus}`;
  throw thrown;
}
