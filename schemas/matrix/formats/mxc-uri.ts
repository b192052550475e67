import { isServerName } from './server-name.ts';

const mxc = /^mxc:\/\/([^/]+)\/([A-Za-z0-9_-]+)$/;

/** mxc://server-name/media-id; nothing but letters, digits, "_" and "-" in the media id. */
export function isMxcUri(text: string): boolean {
  return isServerName(mxc.exec(text)?.[1] ?? '');
}
