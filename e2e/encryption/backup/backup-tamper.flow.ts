import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, sendAltered } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import { alteringSessions, alteringVersion, withOtherStart } from './backup-answers.ts';
import { type BackedUp, meetWithBackup } from './with-backup.ts';

interface Attack {
  /** German, as part of a sentence. */
  readonly what: string;
  readonly attack: Alteration;
}

const otherCiphertext: Attack = {
  what: 'den Geheimtext der Schlüssel',
  attack: alteringSessions((data) => ({ ...data, ciphertext: withOtherStart(data['ciphertext']) })),
};

const otherChecksum: Attack = {
  what: 'die Prüfsumme der Schlüssel',
  attack: alteringSessions((data) => ({ ...data, mac: withOtherStart(data['mac']) })),
};

/** A curve25519 key of nobody here. */
const foreignKey = 'hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo';

const otherPublicKey: Attack = {
  what: 'den öffentlichen Schlüssel der Sicherung',
  attack: alteringVersion((data) => ({ ...data, public_key: foreignKey })),
};

const attacks: readonly Attack[] = [otherCiphertext, otherChecksum, otherPublicKey];

/** A device that counts a key it could not check as restored. */
const trustingAnything = (device: CryptoDevice): Partial<CryptoDevice> => ({
  restoreBackup: async (key) => {
    await device.restoreBackup(key);
    return { kind: 'restored', total: 1, imported: 1 };
  },
});

const trusting = ({ what }: Attack) => ({
  title: `Ein Gerät übernimmt, was es bekommt, obwohl der Server ${what} verändert hat.`,
  defect: { person: `alice (${what})`, weakened: trustingAnything },
  expectFinding: 'tampered-backup-taken',
});

/** A device takes nothing from a backup that somebody altered; the same device takes it from the true one. */
export const backupTamper: EncryptionFlow = {
  meta: {
    id: 'encryption.backup.backup-tamper',
    title: 'Aus einer veränderten Schlüsselsicherung übernimmt ein Gerät nichts.',
    requirements: ['VE-16', 'VE-17'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-backup-tamper'],
    attacks: [7],
  },
  counterexamples: [trusting(otherCiphertext), trusting(otherChecksum), trusting(otherPublicKey)],
  run: async (context) => {
    const past = await meetWithBackup(context);
    if (past === undefined) return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    const control = await restoredBy(context, past, { what: 'nichts', attack: ({ answer }) => answer });
    if (control.length === 0) return inconclusive('void: Auch die unveränderte Sicherung stellte nichts wieder her.');
    const findings: Finding[] = [];
    for (const attack of attacks) findings.push(...(await restoredBy(context, past, attack)));
    return outcomeOf(
      findings,
      `${attacks.length} Veränderungen abgewiesen; die unveränderte Sicherung wurde übernommen.`,
    );
  },
};

async function restoredBy(context: EncryptionContext, past: BackedUp, attack: Attack): Promise<readonly Finding[]> {
  const { roomId, eventId, recoveryKey } = past;
  const between = (send: Parameters<typeof sendAltered>[1]) => sendAltered('alice', send, attack.attack);
  const device = await context.device('alice', { name: attack.what, between });
  await device.waitForRoom(roomId);
  const restored = await device.restoreBackup(recoveryKey);
  const imported = restored.kind === 'restored' ? restored.imported : 0;
  if (imported === 0 && !isReadable(await device.stateOf(roomId, eventId))) return [];
  return [
    {
      code: 'tampered-backup-taken',
      title: `Ein Gerät übernimmt eine Schlüsselsicherung, obwohl der Server ${attack.what} verändert hat.`,
      expected: 'Das Gerät übernimmt keinen Schlüssel daraus.',
      observed: `${imported} Schlüssel übernommen.`,
      where: `Veränderung: ${attack.what}`,
    },
  ];
}
