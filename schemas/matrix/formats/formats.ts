import { isUnpaddedBase64, isUrlSafeUnpaddedBase64 } from './base64.ts';
import { isEventId } from './event-id.ts';
import { isMatrixInteger } from './int64.ts';
import { isMxcUri } from './mxc-uri.ts';
import { isRoomAlias } from './room-alias.ts';
import { isRoomId } from './room-id.ts';
import { isServerName } from './server-name.ts';
import { isUserId } from './user-id.ts';

/** Formats of strings that the specification names. */
export const stringFormats: Readonly<Record<string, (text: string) => boolean>> = {
  'mx-event-id': isEventId,
  'mx-mxc-uri': isMxcUri,
  'mx-room-alias': isRoomAlias,
  'mx-room-id': isRoomId,
  'mx-server-name': isServerName,
  'mx-unpadded-base64': isUnpaddedBase64,
  'mx-urlsafe-unpadded-base64': isUrlSafeUnpaddedBase64,
  'mx-user-id': isUserId,
};

/** Formats of numbers whose meaning differs from the usual one. */
export const numberFormats: Readonly<Record<string, (value: number) => boolean>> = {
  int64: isMatrixInteger,
};
