import { RigError } from '../../../core/model/rig-error.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';
import { canariesFrom, playCanaries } from './scenario.ts';
import { searchKept } from './search-kept.ts';
import { closingReactions, sendingDrafts } from './weak-devices.ts';

/** Words of every kind are in no column of the homeserver's database, but for what Matrix declares open. */
export const canaryDatabase: EncryptionFlow = {
  meta: {
    id: 'encryption.canary.database',
    title: 'Kein vertraulicher Inhalt, gleich welcher Art, steht offen in der Datenbank des Servers.',
    requirements: ['VE-03'],
    needs: ['accounts', 'mayMutate', 'database'],
    standing: 'wish',
    timeoutMs: 120_000,
    rows: ['e2e-db-canary'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-in-database',
    },
    {
      title: 'Das Gerät von alice sendet Entwürfe unverschlüsselt.',
      defect: sendingDrafts,
      expectFinding: 'canary-in-database',
    },
    {
      title: 'Das Gerät von alice verschlüsselt Reaktionen, obwohl sie als offen erklärt sind.',
      defect: closingReactions,
      expectFinding: 'stale-exception',
    },
  ],
  run: async (context) => {
    const { database } = context;
    if (database === undefined) throw new RigError('defect', 'the database is missing although the target offers it');
    const canaries = canariesFrom(context);
    const { unread } = await playCanaries(context, canaries);
    const { sightings, pieces } = await searchKept(database, canaries, (table) => `Tabelle ${table}`);
    const search = { place: 'database', sightings, searched: `${pieces} Werte der Datenbank`, unread } as const;
    context.keep(matrixEvidence(search));
    return judgeSearch(search);
  },
};
