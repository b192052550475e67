import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson } from '../../lib/alteration.ts';
import { alteringSessions, withOtherStart } from '../backup/backup-answers.ts';
import { restoredBy, type Tampering, trusting } from '../backup/tampering.ts';
import { meetWithBackup } from '../backup/with-backup.ts';
import type { EncryptionFlow } from '../context.ts';

type SecretPart = 'iv' | 'ciphertext' | 'mac';

/** Secrets in the server's keeping are the only things with these three parts. */
const alteringSecrets = (part: SecretPart): Tampering['attack'] => {
  const isSecret = (object: object) => 'iv' in object && 'ciphertext' in object && 'mac' in object;
  return ({ answer }) =>
    alterJson(answer, (object) => (isSecret(object) ? { ...object, [part]: withOtherStart(object[part]) } : object));
};

const ofSecret: readonly [Tampering, Tampering, Tampering] = [
  { what: 'den Startwert (IV) des Geheimnisses', attack: alteringSecrets('iv') },
  { what: 'den Geheimtext des Geheimnisses', attack: alteringSecrets('ciphertext') },
  { what: 'die Prüfsumme des Geheimnisses', attack: alteringSecrets('mac') },
];

const ofKeys: Tampering = {
  what: 'den Einmalanteil der gesicherten Schlüssel',
  attack: alteringSessions((data) => ({ ...data, ephemeral: withOtherStart(data['ephemeral']) })),
};

/** The checksum of a secret does not cover its start value, and that of a backup covers nothing: the device must notice by itself. */
export const flippedSecrets: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.flipped-secrets',
    title:
      'Verändert der Server ein hinterlegtes Geheimnis oder gesicherte Schlüssel, übernimmt das Gerät nichts daraus.',
    requirements: ['VE-16', 'VE-17'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#msecret_storagev1aes-hmac-sha2-1',
    standing: 'normative',
    attacks: [7],
  },
  counterexamples: [trusting(ofSecret[0]), trusting(ofSecret[1]), trusting(ofSecret[2]), trusting(ofKeys)],
  run: async (context) => {
    const past = await meetWithBackup(context);
    if (past === undefined) return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    const control = await restoredBy(context, past, { what: 'nichts', attack: ({ answer }) => answer });
    if (control.length === 0) return inconclusive('void: Auch ohne Veränderung stellte das Gerät nichts wieder her.');
    const findings: Finding[] = [];
    for (const tampering of [...ofSecret, ofKeys]) findings.push(...(await restoredBy(context, past, tampering)));
    return outcomeOf(
      findings,
      `${ofSecret.length + 1} Veränderungen abgewiesen; ohne Veränderung wurde wiederhergestellt.`,
    );
  },
};
