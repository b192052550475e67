import type { MatrixClient } from 'matrix-js-sdk';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import type { CryptoDevice, FetchedFile } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { openedFile, openedUnchecked } from './file-encryption.ts';
import { fetchBytes } from './uploads.ts';

export type ReceivedFiles = Pick<CryptoDevice, 'fetchFile' | 'fetchFileUnchecked' | 'fetchThumbnail'>;

/** Files that came with messages, opened with what the message holds. */
export function receivedFilesOf(client: MatrixClient, { call, wait }: DeviceTools): ReceivedFiles {
  const contentOf = (roomId: string, eventId: string) => client.getRoom(roomId)?.findEventById(eventId)?.getContent();
  const fileOf = (roomId: string, eventId: string): EncryptedFile | string | undefined => {
    const content = contentOf(roomId, eventId);
    return content?.['file'] ?? content?.['url'];
  };
  const fetch = async (probe: () => EncryptedFile | string | undefined, open = openedFile): Promise<FetchedFile> => {
    const file = await wait(probe);
    if (file === undefined) return { kind: 'absent' };
    if (typeof file === 'string') return { kind: 'opened', bytes: await fetchBytes(client, call, file) };
    return open(await fetchBytes(client, call, file.url), file);
  };
  return {
    fetchFile: (roomId, eventId) => fetch(() => fileOf(roomId, eventId)),
    fetchFileUnchecked: (roomId, eventId) => fetch(() => fileOf(roomId, eventId), openedUnchecked),
    fetchThumbnail: (roomId, eventId) =>
      fetch(() => {
        const info = contentOf(roomId, eventId)?.['info'];
        return info?.['thumbnail_file'] ?? info?.['thumbnail_url'];
      }),
  };
}
