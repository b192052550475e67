import { EventType, type MatrixEvent } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { MessageState } from '../crypto-device.ts';

export function stateOfMessage(event: MatrixEvent | undefined): MessageState {
  if (event === undefined) return { kind: 'absent' };
  if (!event.isEncrypted()) return { kind: 'plain', text: textOf(event) ?? '' };
  if (event.isDecryptionFailure()) {
    return { kind: 'undecryptable', reason: event.decryptionFailureReason ?? 'unknown' };
  }
  const isStillClosed = event.getType() === EventType.RoomMessageEncrypted;
  return isStillClosed ? { kind: 'undecryptable', reason: pending } : { kind: 'decrypted', text: textOf(event) ?? '' };
}

const pending = 'decryption has not ended';

/** Reasons that may go away when keys arrive. */
const passing = new Set<string>([
  pending,
  DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID,
  DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX,
  // Said of messages older than the device, whose keys a backup may still bring.
  DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP,
  DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED,
  DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP,
]);

export function isSettled(state: MessageState): boolean {
  if (state.kind === 'undecryptable') return !passing.has(state.reason);
  return state.kind !== 'absent';
}

/** Decryption was tried at least once; keys may still come. */
export const isTried = (state: MessageState): boolean =>
  state.kind === 'undecryptable' ? state.reason !== pending : state.kind !== 'absent';

export function textOf(event: MatrixEvent): string | undefined {
  const { body } = event.getContent();
  return typeof body === 'string' ? body : undefined;
}
