import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { allCanaryKinds } from './kinds.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';
import { canariesFrom, playCanaries } from './scenario.ts';
import { sightingsIn } from './sightings.ts';
import { askingTheServer, closingReactions, sendingPollsOpen } from './weak-devices.ts';

/** Words of every kind are in no address and no body of either device, but for what Matrix declares open. */
export const canaryWire: EncryptionFlow = {
  meta: {
    id: 'encryption.canary.wire',
    title: 'Kein vertraulicher Inhalt, gleich welcher Art, steht offen im HTTP-Verkehr der Geräte.',
    requirements: ['VE-03'],
    needs: ['accounts', 'mayMutate'],
    standing: 'wish',
    timeoutMs: 120_000,
    rows: ['e2e-wire-canary'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-on-wire',
    },
    {
      title: 'Das Gerät von alice sendet Umfragen auch unverschlüsselt.',
      defect: sendingPollsOpen,
      expectFinding: 'canary-on-wire',
    },
    {
      title: 'Das Gerät von alice fragt den Server nach dem Suchbegriff.',
      defect: askingTheServer,
      expectFinding: 'canary-on-wire',
    },
    {
      title: 'Das Gerät von alice verschlüsselt Reaktionen, obwohl sie als offen erklärt sind.',
      defect: closingReactions,
      expectFinding: 'stale-exception',
    },
  ],
  run: async (context) => {
    const canaries = canariesFrom(context);
    const control = context.wire.watch(canaries.control);
    const watches = allCanaryKinds.map((kind) => ({ kind, watch: context.wire.watch(canaries.words[kind]) }));
    const { unread } = await playCanaries(context, canaries);
    const sightings = [{ kind: 'control' as const, watch: control }, ...watches].flatMap(sightingsIn);
    const searched = `${control.bodies} Anfragen und Antworten`;
    const search = { place: 'wire', sightings, searched, unread } as const;
    context.keep(matrixEvidence(search));
    return judgeSearch(search);
  },
};
