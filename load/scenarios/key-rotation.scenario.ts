import { defineScenario } from './define-scenario.ts';
import { keySharingServiceLevels } from './service-levels.ts';
import { writeMessages } from './write-messages.ts';

// Monday morning: the week of most room keys is over, and who writes first in a room gives a new key to every device in it.
// A week passes in 30 seconds. Establishes that each key reaches each device once and in time, and that messages still do.
export const keyRotation = defineScenario({
  meta: {
    id: 'load.key-rotation',
    title: 'Schlüsselwechsel: Jeder neue Raumschlüssel erreicht jedes Gerät rechtzeitig und genau einmal',
    requirements: ['LE-04'],
    needs: ['k6', 'accounts', 'mayMutate', 'mayStress'],
    timeoutMs: 300_000,
    depth: 'full',
  },
  rooms: [
    { name: 'team', members: 10, messageShare: 0.8 },
    { name: 'unit', members: 25, messageShare: 0.15 },
    { name: 'house', members: 'all', messageShare: 0.05 },
  ],
  profile: 'V2',
  slidingShare: 0.5,
  timeFactor: 20_160,
  levels: {
    ...keySharingServiceLevels,
    actions: { keyDelivery: { percentile: 99, ms: 10_000 }, rotateKeys: { percentile: 95, ms: 10_000 } },
  },
  scales: {
    campaign: {
      users: 100,
      rampS: 20,
      durationS: 60,
      drainS: 20,
      compression: 20,
      minimumSamples: 500,
      minimumActions: { keyDelivery: 2_000, rotateKeys: 100 },
    },
    proof: { users: 20, rampS: 4, durationS: 14, drainS: 14, compression: 400, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.setUpKeys();
    await user.goOnline();
    // Within the first half everybody has a new key for the own team, some for larger rooms.
    const atMs = (user.draw('rotate') * user.durationMs) / 2;
    const rooms = user.index % 4 === 0 ? [0, 1, 2] : [0];
    const rotating = user.until(atMs).then(() => Promise.all(rooms.map((room) => user.rotateKeys(room, atMs))));
    await writeMessages(user);
    await rotating;
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server lässt jede zwanzigste Nachricht an ein Gerät weg',
      defect: { kind: 'loseKeys', everyNth: 20 },
      expectFinding: 'key-lost',
    },
    {
      title: 'Der Server liefert jede zwanzigste Nachricht an ein Gerät doppelt aus',
      defect: { kind: 'duplicateKeys', everyNth: 20 },
      expectFinding: 'key-duplicated',
    },
    {
      title: 'Der Server nimmt Nachrichten an Geräte erst nach 11 Sekunden an',
      defect: { kind: 'delay', operation: 'sendToDevice', delayMs: 11_000 },
      expectFinding: 'rotate-keys-slow',
    },
  ],
});
