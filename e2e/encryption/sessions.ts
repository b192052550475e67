import type { Finding } from '../../core/model/finding.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { EncryptionContext } from './context.ts';

/** The Megolm sessions of the messages a device sent in a room, in order: what the wire shows. */
export const sessionsOf = ({ wire }: EncryptionContext, { person }: CryptoDevice, roomId: string) =>
  wire.events.flatMap((event) =>
    event.device === person && event.direction === 'request' && event.roomId === roomId ? [event.sessionId] : [],
  );

export interface SessionChange {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** German: what happened in between, e.g. „bob den Raum verließ“. */
  readonly when: string;
}

/** After that event nobody may read on with the keys from before. */
export const expectRotated = ({ before, after, when }: SessionChange): readonly Finding[] =>
  before !== after
    ? []
    : [
        {
          code: 'not-rotated',
          title: `Der Sitzungsschlüssel wird nicht gewechselt, nachdem ${when}.`,
          expected: 'Die nächste Nachricht ist mit einem neuen Schlüssel verschlüsselt.',
          observed: 'Sie ist mit demselben Schlüssel verschlüsselt wie die vorige.',
          where: when,
        },
      ];

/** Needless changes cost every device keys and make losses likelier. */
export const expectKept = ({ before, after, when }: SessionChange): readonly Finding[] =>
  before === after
    ? []
    : [
        {
          code: 'rotated-needlessly',
          title: `Der Sitzungsschlüssel wird ohne Not gewechselt, nachdem ${when}.`,
          expected: 'Die nächste Nachricht ist mit demselben Schlüssel verschlüsselt.',
          observed: 'Sie ist mit einem neuen Schlüssel verschlüsselt.',
          where: when,
        },
      ];

/** Keys sent to a person from the n-th delivery on. */
export function expectNoKeysFor(
  { wire }: EncryptionContext,
  { from, to, since }: { readonly from: CryptoDevice; readonly to: string; readonly since: number },
): readonly Finding[] {
  const sent = wire.deliveries
    .slice(since)
    .filter(({ device, type }) => device === from.person && type === 'm.room.encrypted')
    .flatMap(({ recipients }) => recipients.filter(({ userId }) => userId === to));
  return sent.length === 0
    ? []
    : [
        {
          code: 'keys-sent-on',
          title: 'Wer nicht mehr im Raum ist, bekommt weiter Schlüssel.',
          expected: 'Keine Nachricht an Geräte dieser Person.',
          observed: `${sent.length} Nachrichten an ihre Geräte.`,
          where: `${from.person}, sendToDevice`,
        },
      ];
}
