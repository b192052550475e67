import { RigError } from '../../../core/model/rig-error.ts';
import type { EncryptionFlow } from '../context.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';
import { canariesFrom, playCanaries } from './scenario.ts';
import { searchKept } from './search-kept.ts';
import { askingTheServer, namingFiles } from './weak-devices.ts';

/** Words of every kind are in no log of the deployment's programs, although a failed request with the control word is. */
export const canaryServerLog: EncryptionFlow = {
  meta: {
    id: 'encryption.canary.server-log',
    title: 'Kein vertraulicher Inhalt, gleich welcher Art, steht in den Protokollen des Servers.',
    requirements: ['VE-03'],
    needs: ['accounts', 'mayMutate', 'serverLog'],
    standing: 'wish',
    timeoutMs: 120_000,
    rows: ['e2e-db-canary'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice fragt den Server nach dem Suchbegriff.',
      defect: askingTheServer,
      expectFinding: 'canary-in-log',
    },
    {
      title: 'Das Gerät von alice nennt den Namen einer Datei in einer Adresse.',
      defect: namingFiles,
      expectFinding: 'canary-in-log',
    },
  ],
  run: async (context) => {
    const { serverLog } = context;
    if (serverLog === undefined) throw new RigError('defect', 'the log is missing although the target offers it');
    const canaries = canariesFrom(context);
    const { unread } = await playCanaries(context, canaries);
    const { sightings, pieces } = await searchKept(serverLog, canaries);
    const search = { place: 'serverLog', sightings, searched: `${pieces} Zeilen der Protokolle`, unread } as const;
    context.keep(matrixEvidence(search));
    return judgeSearch(search);
  },
};
