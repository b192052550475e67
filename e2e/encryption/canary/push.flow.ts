import type { KeptContent } from '../../../core/model/bench.ts';
import { inconclusive } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Sink } from '../../../core/model/surroundings.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import type { Meeting } from '../meeting.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';
import { canariesFrom, controlTexts, playCanaries } from './scenario.ts';
import { searchKept } from './search-kept.ts';
import { keepingNames, sendingDrafts } from './weak-devices.ts';

const patienceMs = 20_000;

/**
 * Words of every kind are in no push message, though each event is announced with all the homeserver knows of it. The control
 * word comes last, in a message that is not encrypted.
 */
export const canaryPush: EncryptionFlow = {
  meta: {
    id: 'encryption.canary.push',
    title: 'Kein vertraulicher Inhalt, gleich welcher Art, steht in den Push-Nachrichten an Geräte.',
    requirements: ['VE-03'],
    needs: ['lab'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify',
    standing: 'normative',
    rows: ['e2e-search-push'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-in-push',
    },
    {
      title: 'Das Gerät von alice sendet Entwürfe unverschlüsselt.',
      defect: sendingDrafts,
      expectFinding: 'canary-in-push',
    },
    {
      title: 'Das Gerät von alice behält den Anzeigenamen für sich, obwohl er als offen erklärt ist.',
      defect: keepingNames,
      expectFinding: 'stale-exception',
    },
  ],
  run: async (context) => {
    const open = await context.variant('open');
    const { surroundings } = open;
    if (surroundings === undefined) throw new RigError('defect', 'a variant lacks the surroundings it talks to');
    const { pushGateway } = surroundings;
    const pushkey = context.random.word(24);
    const canaries = canariesFrom(context);
    const { alice, roomId, unread } = await playCanaries(open, canaries, meetWithPushes(pushGateway, pushkey));
    const last = await alice.sendTextOpen(roomId, controlTexts(canaries.control).join(' '));
    const isLast = ({ json }: { json: unknown }) => [pushkey, last].every((id) => JSON.stringify(json)?.includes(id));
    if ((await pushGateway.waitFor(isLast, patienceMs)) === undefined)
      return inconclusive('void: Zu der letzten Nachricht kam keine Push-Nachricht.');
    const { sightings, pieces } = await searchKept(pushesTo(pushGateway, pushkey), canaries);
    const search = { place: 'push', sightings, searched: `${pieces} Push-Nachrichten`, unread } as const;
    context.keep(matrixEvidence(search));
    return judgeSearch(search);
  },
};

/** Synapse wakes no device of an account that belongs to an application service, so bob's is an ordinary one. */
const meetWithPushes =
  (gateway: Sink, pushkey: string) =>
  async (context: EncryptionContext, name: string): Promise<Meeting> => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob', { kind: 'ordinary' })]);
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    await bob.askForPushes(`${gateway.url}/_matrix/push/v1/notify`, pushkey);
    return { alice, bob, roomId };
  };

const pushesTo = ({ received }: Sink, pushkey: string): KeptContent => ({
  visit: async (see) => {
    const bodies = received.map(({ json }) => JSON.stringify(json) ?? '').filter((body) => body.includes(pushkey));
    for (const body of bodies) see('Push-Nachricht', body);
    return bodies.length;
  },
});
