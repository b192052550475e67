import type { Counterexample } from '../../../core/model/check.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { type Alteration, attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionDefect } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import type { BackedUp } from './with-backup.ts';

/** What a homeserver changes of what it keeps for a person. */
export interface Tampering {
  /** German, as part of a sentence. */
  readonly what: string;
  readonly attack: Alteration;
}

/** A device that counts a key it could not check as restored. */
const trustingAnything = (device: CryptoDevice): Partial<CryptoDevice> => ({
  restoreBackup: async (key) => {
    await device.restoreBackup(key);
    return { kind: 'restored', total: 1, imported: 1 };
  },
});

/** The counterexample to a refusal. */
export const trusting = ({ what }: Tampering): Counterexample<EncryptionDefect> => ({
  title: `Ein Gerät übernimmt, was es bekommt, obwohl der Server ${what} verändert hat.`,
  defect: { person: `alice (${what})`, skips: 'ownBackup', weakened: trustingAnything },
  expectFinding: 'tampered-backup-taken',
});

/** A new device of alice's restores what was tampered with: a finding if it takes anything. */
export async function restoredBy(
  context: EncryptionContext,
  { roomId, eventId, recoveryKey }: BackedUp,
  { what, attack }: Tampering,
): Promise<readonly Finding[]> {
  const device = await context.device('alice', { name: what, between: attackedBy(attack) });
  await device.waitForRoom(roomId);
  const restored = await device.restoreBackup(recoveryKey);
  const imported = restored.kind === 'restored' ? restored.imported : 0;
  if (imported === 0 && !isReadable(await device.stateOf(roomId, eventId))) return [];
  return [
    {
      code: 'tampered-backup-taken',
      title: `Ein Gerät übernimmt eine Schlüsselsicherung, obwohl der Server ${what} verändert hat.`,
      expected: 'Das Gerät übernimmt keinen Schlüssel daraus.',
      observed: `${imported} Schlüssel übernommen.`,
      where: `Veränderung: ${what}`,
    },
  ];
}
