import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { alteringSessions, alteringVersion, withOtherStart } from './backup-answers.ts';
import { restoredBy, type Tampering, trusting } from './tampering.ts';
import { meetWithBackup } from './with-backup.ts';

const otherCiphertext: Tampering = {
  what: 'den Geheimtext der Schlüssel',
  attack: alteringSessions((data) => ({ ...data, ciphertext: withOtherStart(data['ciphertext']) })),
};

const otherChecksum: Tampering = {
  what: 'die Prüfsumme der Schlüssel',
  attack: alteringSessions((data) => ({ ...data, mac: withOtherStart(data['mac']) })),
};

/** A curve25519 key of nobody here. */
const foreignKey = 'hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo';

const otherPublicKey: Tampering = {
  what: 'den öffentlichen Schlüssel der Sicherung',
  attack: alteringVersion((data) => ({ ...data, public_key: foreignKey })),
};

const attacks: readonly Tampering[] = [otherCiphertext, otherChecksum, otherPublicKey];

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
