import type { OwnMessage } from '../../scenarios/virtual-user.ts';
import { act } from '../act.ts';
import { choiceOf } from '../choices.ts';
import { callPatiently } from '../http/homeserver.ts';
import { queueMessage } from '../sending.ts';
import type { UserState } from '../user-state.ts';
import { drawFileBytes } from './file-size.ts';

/** Large files take their time on slow lines. */
const transferTimeoutMs = 120_000;

/** Uploads and sends. The file is encrypted in real clients: no type, no name, no thumbnail by the homeserver. */
export function attach(user: UserState, message: OwnMessage, bytes?: number): Promise<void> {
  const { room, sequence, atMs } = message;
  const size = bytes ?? drawFileBytes(choiceOf(user, `file ${room} ${sequence}`));
  return queueMessage(user, message, async () => {
    let file: string | undefined;
    await act(user, 'upload', atMs, async () => {
      file = await upload(user, size);
      return file !== undefined;
    });
    return file;
  });
}

async function upload(user: UserState, bytes: number): Promise<string | undefined> {
  const { body, status } = await callPatiently(user, {
    name: 'upload',
    path: '/_matrix/media/v3/upload',
    body: bulk(user, bytes),
    contentType: 'application/octet-stream',
    timeoutMs: transferTimeoutMs,
  });
  const { content_uri: address } = (body ?? {}) as { readonly content_uri?: unknown };
  if (status === 200) user.shared.meter.count('uploadedBytes', bytes);
  return typeof address === 'string' ? address : undefined;
}

function bulk({ shared }: UserState, bytes: number): string {
  const block = shared.filler(8_192);
  return block.repeat(Math.ceil(bytes / block.length)).slice(0, bytes);
}

/** The newest file that came in. */
export async function openAttachment(user: UserState, atMs?: number): Promise<boolean> {
  const [, server, media] = /^mxc:\/\/([^/]+)\/(.+)$/.exec(user.attachment ?? '') ?? [];
  if (server === undefined || media === undefined) return false;
  return await act(user, 'download', atMs, async () => {
    const path = `/_matrix/client/v1/media/download/${encodeURIComponent(server)}/${encodeURIComponent(media)}`;
    const { status, bytes } = await callPatiently(user, { name: 'download', path, timeoutMs: transferTimeoutMs });
    if (status === 200) user.shared.meter.count('downloadedBytes', bytes);
    return status === 200;
  });
}
