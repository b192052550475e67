import { type MatrixClient, Method, MsgType } from 'matrix-js-sdk';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { encryptedFile, openedFile } from './file-encryption.ts';

/** Files, encrypted by themselves and uploaded; what opens them goes inside the message. */
export function attachmentsOf(
  client: MatrixClient,
  { call, wait }: DeviceTools,
): Pick<CryptoDevice, 'sendFile' | 'fetchFile'> {
  const fileOf = (roomId: string, eventId: string): EncryptedFile | undefined =>
    client.getRoom(roomId)?.findEventById(eventId)?.getContent()['file'];
  return {
    sendFile: async (roomId, name, bytes) => {
      const { ciphertext, opening } = await encryptedFile(bytes);
      const { content_uri: url } = await call('media/upload', () =>
        client.uploadContent(ciphertext, { includeFilename: false, type: 'application/octet-stream' }),
      );
      const { event_id: id } = await call('send m.file', () =>
        client.sendMessage(roomId, { msgtype: MsgType.File, body: name, filename: name, file: { url, ...opening } }),
      );
      return id;
    },
    fetchFile: async (roomId, eventId) => {
      const file = await wait(() => fileOf(roomId, eventId));
      if (file === undefined) return { kind: 'absent' };
      const path = `/media/download/${file.url.slice('mxc://'.length)}`;
      const blob = await call('media/download', () =>
        client.http.authedRequest<Blob>(Method.Get, path, undefined, undefined, {
          prefix: '/_matrix/client/v1',
          rawResponseBody: true,
        }),
      );
      return openedFile(new Uint8Array(await blob.arrayBuffer()), file);
    },
  };
}
