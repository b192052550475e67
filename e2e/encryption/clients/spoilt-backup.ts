import { alteringSessions, withOtherStart } from '../backup/backup-answers.ts';
import type { EncryptionFlow } from '../context.ts';
import { lostBackup } from './altered-client.ts';

/** What a homeserver does to a backup, after which no program may show the past. */
export const spoiltBackup: EncryptionFlow['counterexamples'] = [
  {
    title: 'Der Server hat die gesicherten Schlüssel verloren.',
    defect: lostBackup,
    expectFinding: 'not-restored',
  },
  {
    title: 'Der Server gibt die gesicherten Schlüssel verändert zurück.',
    defect: alteringSessions((data) => ({ ...data, ciphertext: withOtherStart(data['ciphertext']) })),
    expectFinding: 'not-restored',
  },
];
