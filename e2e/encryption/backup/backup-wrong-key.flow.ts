import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice, Restoration } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import { meetWithBackup, newDeviceOfAlice } from './with-backup.ts';

/** A device without chance: every key it makes is the same. */
function withoutChance(device: CryptoDevice): Partial<CryptoDevice> {
  let key: string | undefined;
  return {
    setUpBackup: async () => {
      key = await device.setUpBackup();
      return key;
    },
    newRecoveryKey: async () => key ?? device.newRecoveryKey(),
  };
}

/** A device that keeps from the person that the key did not fit. */
const alwaysContent = ({ restoreBackup }: CryptoDevice): Partial<CryptoDevice> => ({
  restoreBackup: async (key) => {
    const restored = await restoreBackup(key);
    return restored.kind === 'refused' ? { kind: 'restored', total: 0, imported: 0 } : restored;
  },
});

/** A well-formed key that is not the right one opens nothing; the right one afterwards shows that there was something to open. */
export const backupWrongKey: EncryptionFlow = {
  meta: {
    id: 'encryption.backup.backup-wrong-key',
    title: 'Ein falscher Wiederherstellungsschlüssel stellt nichts wieder her, und das Gerät sagt es.',
    requirements: ['VE-17'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-backup-wrong-key'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice würfelt nicht: Alle seine Wiederherstellungsschlüssel sind gleich.',
      defect: { person: 'alice', skips: 'chance', weakened: withoutChance },
      expectFinding: 'restored-with-wrong-key',
    },
    {
      title: 'Das neue Gerät meldet Erfolg, obwohl der Schlüssel nicht passt.',
      defect: { person: 'alice (Telefon)', skips: 'ownBackup', weakened: alwaysContent },
      expectFinding: 'failure-not-told',
    },
  ],
  run: async (context) => {
    const past = await meetWithBackup(context);
    if (past === undefined) return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    const { alice, roomId, eventId, recoveryKey } = past;
    const phone = await newDeviceOfAlice(context, roomId);
    const wrong = await phone.restoreBackup(await alice.newRecoveryKey());
    const state = await phone.stateOf(roomId, eventId);
    const right = await phone.restoreBackup(recoveryKey);
    if (right.kind === 'refused' || right.imported === 0) {
      return inconclusive('void: Auch der richtige Schlüssel stellte nichts wieder her.');
    }
    const isOpen = isReadable(state) || (wrong.kind === 'restored' && wrong.imported > 0);
    return outcomeOf(
      [...(isOpen ? [restoredAnyway(wrong)] : []), ...(wrong.kind === 'restored' && !isOpen ? [failureNotTold] : [])],
      `Falscher Schlüssel abgewiesen, richtiger: ${right.imported} Schlüssel.`,
    );
  },
};

const restoredAnyway = (wrong: Restoration): Finding => ({
  code: 'restored-with-wrong-key',
  title: 'Ein falscher Wiederherstellungsschlüssel öffnet die Schlüsselsicherung.',
  expected: 'Das Gerät weist den Schlüssel zurück und stellt nichts wieder her.',
  observed: wrong.kind === 'restored' ? `${wrong.imported} Schlüssel wiederhergestellt.` : 'Die Nachricht ist lesbar.',
  where: 'Wiederherstellung mit falschem Schlüssel',
});

const failureNotTold: Finding = {
  code: 'failure-not-told',
  title: 'Das Gerät sagt nicht, dass der Wiederherstellungsschlüssel nicht passt.',
  expected: 'Das Gerät weist den Schlüssel zurück.',
  observed: 'Es meldet eine gelungene Wiederherstellung.',
  where: 'Wiederherstellung mit falschem Schlüssel',
};
