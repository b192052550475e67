import { type MatrixClient, MsgType } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { type ReceivedFiles, receivedFilesOf } from './received-files.ts';
import { uploadBytes, uploadClosed } from './uploads.ts';

type AttachmentMethods = ReceivedFiles &
  Pick<CryptoDevice, 'sendFile' | 'sendPicture' | 'sendPictureOpen' | 'sendVoice' | 'uploadOpen'>;

interface AttachmentTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
}

/** Files, encrypted by themselves and uploaded; what opens them goes inside the message. */
export function attachmentsOf(client: MatrixClient, { call, wait, hide }: AttachmentTools): AttachmentMethods {
  return {
    sendFile: async (roomId, name, bytes) => {
      const file = await uploadClosed(client, call, bytes);
      const { event_id: id } = await call('send m.file', () =>
        client.sendMessage(roomId, { msgtype: MsgType.File, body: name, filename: name, file }),
      );
      return id;
    },
    sendPicture: async (roomId, { name, caption, bytes, thumbnail }) => {
      hide(name);
      hide(caption);
      const file = await uploadClosed(client, call, bytes);
      const info = { mimetype: 'image/png', thumbnail_file: await uploadClosed(client, call, thumbnail) };
      const { event_id: id } = await call('send m.image', () =>
        client.sendMessage(roomId, { msgtype: MsgType.Image, body: caption, filename: name, file, info }),
      );
      return id;
    },
    sendPictureOpen: async (roomId, { name, caption, bytes, thumbnail }) => {
      hide(name);
      hide(caption);
      const url = await uploadBytes(client, call, bytes);
      const info = { mimetype: 'image/png', thumbnail_url: await uploadBytes(client, call, thumbnail) };
      const { event_id: id } = await call('send m.image', () =>
        client.sendMessage(roomId, { msgtype: MsgType.Image, body: caption, filename: name, url, info }),
      );
      return id;
    },
    sendVoice: async (roomId, spoken, recording) => {
      hide(spoken);
      const file = await uploadClosed(client, call, recording);
      const voice = { 'org.matrix.msc3245.voice': {}, 'org.matrix.msc1767.text': spoken };
      const { event_id: id } = await call('send m.audio', () =>
        client.sendMessage(roomId, { msgtype: MsgType.Audio, body: spoken, file, ...voice }),
      );
      return id;
    },
    ...receivedFilesOf(client, { call, wait }),
    uploadOpen: async (bytes) => {
      const address = await uploadBytes(client, call, bytes);
      return address.split('/').at(-1) ?? '';
    },
  };
}
