import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';

export interface Past {
  readonly device: CryptoDevice;
  readonly roomId: string;
  readonly eventId: string;
  /** German: what the device must not read, e.g. „vor ihrem Beitritt“. */
  readonly when: string;
}

/** Nothing that was sent without this device may be readable for it. Ask when a later message was read: no key is on its way then. */
export async function expectClosed({ device, roomId, eventId, when }: Past): Promise<readonly Finding[]> {
  const state = await device.stateOf(roomId, eventId);
  if (!isReadable(state)) return [];
  return [
    {
      code: 'past-readable',
      title: `Ein Gerät liest eine Nachricht, die ${when} gesendet wurde.`,
      expected: 'Die Nachricht ist für dieses Gerät nicht zu entschlüsseln.',
      observed: state.kind === 'plain' ? 'Sie kam unverschlüsselt an.' : 'Sie wurde entschlüsselt.',
      where: `${device.person}, Nachricht ${when}`,
    },
  ];
}

/** An event that never came proves nothing about its key. */
export async function expectVisible({ device, roomId, eventId, when }: Past): Promise<readonly Finding[]> {
  const state = await device.stateOf(roomId, eventId);
  if (state.kind !== 'absent') return [];
  return [
    {
      code: 'past-absent',
      title: `Eine Nachricht, die ${when} gesendet wurde, fehlt im Verlauf.`,
      expected: 'Wer dem Raum beitritt, sieht das verschlüsselte Ereignis, weil der Verlauf geteilt ist.',
      observed: 'Das Ereignis kam nicht an.',
      where: `${device.person}, Nachricht ${when}`,
    },
  ];
}

export const isReadable = ({ kind }: MessageState): boolean => kind === 'decrypted' || kind === 'plain';
