import { defineScenario } from './define-scenario.ts';
import { answeredWithin } from './service-levels.ts';
import type { VirtualUser } from './virtual-user.ts';

/** Not everybody has a message to attach to or to edit. */
const fewer = { upload: 5, edit: 5, download: 5, claimKeys: 15 };

/** The first message is a file. */
async function write(user: VirtualUser): Promise<void> {
  for (const [place, message] of user.messages.entries()) {
    await user.until(message.atMs);
    if (place === 0) user.attach(message, 20_000);
    else user.send(message);
  }
}

/** Within the first five sevenths; each person begins with another action, so that not everybody does the same at once. */
async function actOneByOne(user: VirtualUser): Promise<void> {
  const actions: (() => Promise<void>)[] = [
    () => user.openRoom(0),
    () => user.read(0),
    () => user.type(0, 1_000),
    () => user.react(0),
    () => user.searchPeople(),
    () => user.searchRooms(),
    () => user.searchMessages(),
    () => user.browseSpace(1),
    () => user.scrollBack(1, 40),
    () => user.openThread(1),
    () => user.rotateKeys(1),
    () => user.viewProfile(),
    () => user.joinRoom(1),
    () => user.backUpKeys(120),
    async () => {
      user.goOffline();
      await user.goOnline();
    },
  ];
  const step = (user.durationMs * 5) / 7 / actions.length;
  for (let turn = 0; turn < actions.length; turn++) {
    await user.until(turn * step);
    await actions[(turn + user.index) % actions.length]?.();
  }
}

// Twenty people, half of them with sliding sync, do everything once that clients do. Establishes that each endpoint answers
// as the specification says, and that a bench and a homeserver in working order let all of it through.
export const smoke = defineScenario({
  meta: {
    id: 'load.smoke',
    title:
      'Rauchprobe: Jeder Aufruf, den Clients im Betrieb machen, wird angenommen und beantwortet wie vorgeschrieben',
    requirements: ['LE-01'],
    needs: ['k6', 'accounts', 'mayMutate', 'mayStress'],
    timeoutMs: 180_000,
  },
  rooms: [
    { name: 'team', members: 10, messageShare: 0.8 },
    { name: 'unit', members: 'all', messageShare: 0.2 },
  ],
  profile: 'V2',
  slidingShare: 0.5,
  // How quick it must be is asked elsewhere; here each action must have happened and been answered at all.
  levels: {
    delivery: { p95Ms: 10_000, p99Ms: 20_000 },
    sendAnswer: { p95Ms: 10_000, p99Ms: 20_000 },
    errorShare: 0,
    actions: answeredWithin(30_000, [
      'goOnline',
      'catchUp',
      'setPresence',
      'openRoom',
      'openThread',
      'scrollBack',
      'read',
      'type',
      'react',
      'edit',
      'upload',
      'download',
      'joinRoom',
      'searchPeople',
      'searchRooms',
      'searchMessages',
      'browseSpace',
      'viewProfile',
      'setUpKeys',
      'queryKeys',
      'claimKeys',
      'refillKeys',
      'rotateKeys',
      'keyDelivery',
      'backUpKeys',
      'restoreKeys',
    ]),
  },
  scales: {
    campaign: {
      users: 20,
      rampS: 8,
      durationS: 60,
      drainS: 30,
      compression: 120,
      minimumSamples: 300,
      minimumActions: fewer,
    },
    proof: {
      users: 20,
      rampS: 4,
      durationS: 14,
      drainS: 30,
      compression: 400,
      minimumSamples: 100,
      minimumActions: fewer,
    },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.signIn();
    await user.setUpKeys();
    await user.goOnline();
    await user.setPresence('online');
    await user.until(0);
    await Promise.all([write(user), actOneByOne(user)]);
    await user.edit(0);
    await user.openAttachment();
    await user.refillKeys();
    await user.restoreKeys();
    await user.refreshToken();
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server lässt in /sync jede zwanzigste Nachricht weg',
      defect: { kind: 'loseEvents', everyNth: 20 },
      expectFinding: 'message-lost',
    },
    {
      title: 'Der Server beantwortet die Suche nach Personen ohne Ergebnisliste',
      defect: { kind: 'omitField', operation: 'userDirectory', field: 'results' },
      expectFinding: 'contract-broken',
    },
    {
      title: 'Der Server lehnt jede zweite Abfrage von Geräteschlüsseln ab',
      defect: { kind: 'refuse', operation: 'queryKeys', everyNth: 2 },
      expectFinding: 'requests-failed',
    },
  ],
});
