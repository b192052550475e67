import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { deliver, meetInEncryptedRoom, wordsFrom } from '../meeting.ts';

/**
 * A word that exists only inside a message is in no row of the homeserver's database, although the message was
 * delivered. A control word that Matrix stores openly (the room's name) shows that the search finds words.
 */
export const databaseCanary: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.database-canary',
    title: 'Ein Kanarienwort aus einer zugestellten Nachricht steht in keiner Zeile der Datenbank.',
    requirements: ['VE-03'],
    needs: ['accounts', 'mayMutate', 'database'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    standing: 'normative',
    rows: ['e2e-db-canary'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-in-database',
    },
  ],
  run: async (context) => {
    const { database } = context;
    if (database === undefined) throw new RigError('defect', 'the database is missing although the target offers it');
    const words = wordsFrom(context);
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, words.control);
    const undelivered = await deliver({ from: alice, to: bob, roomId, text: `Prüfnachricht mit ${words.canary}.` });
    const controlTables = await database.tablesContaining(words.control);
    if (controlTables.length === 0) {
      return inconclusive('Die Suche fand auch das offen gespeicherte Kontrollwort nicht; sie beweist nichts.');
    }
    const tables = await database.tablesContaining(words.canary);
    const rows = await database.countRows();
    if (rows === 0) return inconclusive('Die Suche hat keine Zeile der Datenbank gesehen; sie beweist nichts.');
    const observed = `Kanarienwort in keiner von ${rows} Zeilen, Kontrollwort in ${controlTables.join(', ')}.`;
    return outcomeOf([...undelivered, ...tables.map(tableFinding)], observed);
  },
};

const tableFinding = (table: string) => ({
  code: 'canary-in-database',
  title: 'Der Text einer Nachricht steht unverschlüsselt in der Datenbank des Servers.',
  expected: 'Kein Wort aus einer verschlüsselten Nachricht steht in der Datenbank.',
  observed: `Das Kanarienwort steht in der Tabelle ${table}.`,
  where: `Tabelle ${table}`,
});
