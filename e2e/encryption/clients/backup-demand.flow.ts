import { outcomeOf } from '../../../core/model/outcome.ts';
import type { BackupDemand } from '../../clients/client-driver.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { backupNotDemanded, hidingFrom, programWith } from './altered-client.ts';
import { safeguardsOf } from './safeguards.ts';

/** Closes whatever dialog is open when the Escape key is pressed. */
const closingAtEscape = `addEventListener('keydown', (event) => {
  if (event.key === 'Escape') for (const dialog of document.querySelectorAll('[role=dialog]')) dialog.remove();
}, true);`;

/** Who has no backup loses the past with the device. */
export const backupDemand: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.backup-demand',
    title:
      'Wer mit einem neuen Konto in einen verschlüsselten Raum eingeladen wird, muss die Schlüsselsicherung einrichten und kann das nicht umgehen.',
    requirements: ['VE-15'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Der Server verlangt keine Schlüsselsicherung.',
      defect: backupNotDemanded,
      expectFinding: 'not-demanded',
    },
    {
      title: 'Die Oberfläche blendet die Aufforderung aus.',
      defect: hidingFrom('bob', ['#mx_Dialog_Container', '#mx_Dialog_StaticContainer']),
      expectFinding: 'not-demanded',
    },
    {
      title: 'Die Aufforderung lässt sich mit der Escape-Taste schließen.',
      defect: programWith('bob', closingAtEscape),
      expectFinding: 'escapable',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.client('bob', { withoutBackup: true })]);
    // With the first encrypted room there is something to lose.
    await alice.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite: [bob.userId] });
    const demand = await safeguardsOf(bob).backupDemand();
    await bob.keepPicture('Bei der ersten Einladung');
    return outcomeOf(
      demand === 'binding' ? [] : [findingOf(demand, bob.client)],
      'Mit der ersten Einladung in einen verschlüsselten Raum verlangt der Web-Client die Einrichtung, und nichts schließt die Aufforderung.',
    );
  },
};

const findingOf = (demand: Exclude<BackupDemand, 'binding'>, where: string) => ({
  code: demand === 'none' ? 'not-demanded' : 'escapable',
  title: 'Ein neues Konto kann ohne Schlüsselsicherung benutzt werden.',
  expected: 'Der Web-Client verlangt die Einrichtung, und nichts schließt die Aufforderung.',
  observed:
    demand === 'none'
      ? 'Eine Aufforderung erscheint nicht innerhalb der Frist.'
      : 'Die Aufforderung erscheint, lässt sich aber schließen.',
  where,
});
