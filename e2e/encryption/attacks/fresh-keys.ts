import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext } from '../context.ts';

export interface Replenishing {
  /** Whose keys are used up. */
  readonly owner: CryptoDevice;
  /** Writes to the owner: each message lets the owner's device look at its keys. */
  readonly writer: CryptoDevice;
  readonly claimer: CryptoDevice;
  readonly roomId: string;
}

/** More rounds than a device needs to see that its keys are used up and to upload others. */
const rounds = 10;

/** Resolves with whether the device put new one-time keys in place of those that were used up. */
export async function replenishes(context: EncryptionContext, people: Replenishing): Promise<boolean> {
  const { owner, claimer } = people;
  for (let round = 0; round < rounds; round += 1) {
    await letLook(context, people);
    const key = await claimer.claimKey(owner.userId, owner.deviceId);
    if (key !== undefined && !key.isFallback) return true;
  }
  return false;
}

/** The owner's device gets a message, and with it what the homeserver says of its keys. */
export async function letLook({ random }: EncryptionContext, { owner, writer, roomId }: Replenishing): Promise<void> {
  const text = `Runde ${random.word(12)}`;
  await writer.sendText(roomId, text);
  await owner.waitForText(roomId, text);
}

/** `when` says in German after what. */
export const expectReplenished = (isSo: boolean, when: string): readonly Finding[] =>
  isSo
    ? []
    : [
        {
          code: 'not-replenished',
          title: 'Das Gerät ersetzt verbrauchte Einmalschlüssel nicht.',
          expected: `Nach ${when} liegen neue Einmalschlüssel des Geräts auf dem Server.`,
          observed: `Auch nach ${rounds} weiteren Nachrichten gab der Server keinen neuen Einmalschlüssel heraus.`,
          where: when,
        },
      ];
