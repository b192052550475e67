import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice, MessageState, Shield } from '../../lib/crypto-device.ts';

/** What a device makes of a message and how it warns of it. */
export interface Reception {
  readonly state: MessageState;
  readonly shield: Shield | undefined;
}

export async function receive(device: CryptoDevice, roomId: string, eventId: string): Promise<Reception> {
  const state = await device.waitForMessage(roomId, eventId);
  return { state, shield: await device.shieldOf(roomId, eventId) };
}

export const isReadWithoutWarning = ({ state, shield }: Reception) =>
  state.kind === 'decrypted' && shield?.colour !== 'red';

/** A message that is not what it claims to be must stay closed or be warned of in red. */
export const expectRefused = (reception: Reception, where: string): readonly Finding[] =>
  reception.state.kind === 'undecryptable' || reception.shield?.colour === 'red'
    ? []
    : [
        {
          code: 'accepted',
          title: 'Eine veränderte Nachricht erscheint wie eine echte.',
          expected: 'Sie bleibt unlesbar oder trägt eine rote Warnung.',
          observed: describeReception(reception),
          where,
        },
      ];

export function describeReception({ state, shield }: Reception): string {
  const warning = shield === undefined ? '' : `, Warnung: ${shield.colour} ${shield.reason ?? ''}`.trimEnd();
  return state.kind === 'undecryptable' ? `unlesbar (${state.reason})` : `${state.kind}${warning}`;
}
