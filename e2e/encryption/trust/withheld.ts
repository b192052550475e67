import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';
import type { EncryptionContext } from '../context.ts';

/** Refusals of keys that a device sent to another, as the wire shows them: the reason each of them gives. */
export const refusalsTo = (
  { wire }: EncryptionContext,
  from: CryptoDevice,
  to: CryptoDevice,
): readonly (string | undefined)[] =>
  wire.deliveries
    .filter(({ device, type }) => device === from.person && type === 'm.room_key.withheld')
    .flatMap(({ recipients }) => recipients)
    .filter(({ userId, deviceId }) => userId === to.userId && (deviceId === to.deviceId || deviceId === '*'))
    .map(({ code }) => code);

/** Keys, or anything else encrypted, that a device sent to another since the n-th delivery. */
export const keysTo = (
  { wire }: EncryptionContext,
  { from, to, since }: { readonly from: CryptoDevice; readonly to: CryptoDevice; readonly since: number },
): number =>
  wire.deliveries
    .slice(since)
    .filter(
      ({ device, type, recipients }) =>
        device === from.person &&
        type === 'm.room.encrypted' &&
        recipients.some(({ userId, deviceId }) => userId === to.userId && deviceId === to.deviceId),
    ).length;

export const expectNoKeys = (count: number, where: string): readonly Finding[] =>
  count === 0
    ? []
    : [
        {
          code: 'keys-sent',
          title: 'Ein ausgeschlossenes Gerät bekommt Schlüssel.',
          expected: 'Es bekommt keine verschlüsselte Nachricht mit Schlüsseln.',
          observed: `${count} verschlüsselte Nachrichten an das Gerät.`,
          where,
        },
      ];

/** It is told so, with the right reason. */
export function expectRefusal(codes: readonly (string | undefined)[], code: string, where: string): readonly Finding[] {
  if (codes.length > 0 && codes.every((one) => one === code)) return [];
  const isTold = codes.length > 0;
  return [
    {
      code: isTold ? 'other-code' : 'no-refusal',
      title: isTold
        ? 'Ein ausgeschlossenes Gerät bekommt eine Absage mit einem anderen Grund.'
        : 'Ein ausgeschlossenes Gerät erfährt nicht, dass es keinen Schlüssel bekommt.',
      expected: `Es bekommt eine Absage (m.room_key.withheld) mit dem Grund ${code}.`,
      observed: isTold ? `Absagen mit ${[...new Set(codes)].join(', ')}.` : 'Auf dem Draht war keine Absage zu sehen.',
      where,
    },
  ];
}

/** The excluded side cannot read, and knows why. */
export function expectClosed(state: MessageState, reasons: readonly string[], where: string): readonly Finding[] {
  if (state.kind === 'undecryptable' && reasons.includes(state.reason)) return [];
  const isClosed = state.kind === 'undecryptable';
  return [
    {
      code: isClosed ? 'reason-hidden' : 'read-anyway',
      title: isClosed
        ? 'Das ausgeschlossene Gerät nennt nicht den Grund, aus dem es nicht lesen kann.'
        : 'Das ausgeschlossene Gerät kann die Nachricht lesen.',
      expected: `Unlesbar mit dem Grund ${reasons.join(' oder ')}.`,
      observed: state.kind === 'undecryptable' ? `Unlesbar mit dem Grund ${state.reason}.` : state.kind,
      where,
    },
  ];
}
