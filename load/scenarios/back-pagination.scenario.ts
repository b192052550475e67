import { defineScenario } from './define-scenario.ts';
import { defaultServiceLevels } from './service-levels.ts';
import type { VirtualUser } from './virtual-user.ts';
import { writeMessages } from './write-messages.ts';

const eventsEach = 200;
const visits = 5;
const unit = 25;

/** One person in ten looks back, in a small group four. */
const everyNth = (people: number): number => Math.min(10, Math.ceil(people / 4));

/** The first visit has its time; the others follow as the person is done. */
async function lookBack(user: VirtualUser): Promise<void> {
  const atMs = (user.draw('look back') * user.durationMs) / 2;
  await user.until(atMs);
  for (let visit = 0; visit < visits; visit++) {
    await user.openRoom(1, visit === 0 ? atMs : undefined);
    await user.scrollBack(1, eventsEach);
    await user.openThread(1);
  }
}

// After a holiday: one person in ten goes back 200 events, looks at what surrounds a message and at threads, while the others
// write on. Establishes that the past comes page by page in time, and that the present does not wait for it.
export const backPagination = defineScenario({
  meta: {
    id: 'load.back-pagination',
    title:
      'Verlauf: Wer zurückblättert, erhält jede Seite rechtzeitig, und Nachrichten der anderen verzögert das nicht',
    requirements: ['LE-01'],
    needs: ['k6', 'accounts', 'mayMutate', 'mayStress'],
    timeoutMs: 300_000,
    depth: 'full',
  },
  rooms: [
    { name: 'team', members: 10, messageShare: 0.8 },
    { name: 'unit', members: unit, messageShare: 0.2 },
  ],
  profile: 'V2',
  slidingShare: 0.5,
  levels: {
    ...defaultServiceLevels,
    actions: {
      scrollBack: { percentile: 95, ms: 800 },
      openRoom: { percentile: 95, ms: 2_000 },
      openThread: { percentile: 95, ms: 800 },
    },
  },
  scales: {
    campaign: {
      users: 200,
      rampS: 60,
      durationS: 60,
      drainS: 15,
      compression: 20,
      minimumSamples: 500,
      minimumActions: { scrollBack: 150 },
    },
    proof: { users: 20, rampS: 14, durationS: 14, drainS: 6, compression: 300, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    // Before the person is online, so that the past wakes as few as possible.
    await user.leaveHistory(1, Math.ceil(eventsEach / unit));
    await user.goOnline();
    const looking = user.index % everyNth(user.people) === 0 ? lookBack(user) : undefined;
    await writeMessages(user);
    await looking;
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server braucht 1,2 Sekunden für jede Seite des Verlaufs',
      defect: { kind: 'delay', operation: 'messages', delayMs: 1_200 },
      expectFinding: 'scroll-back-slow',
    },
    {
      title: 'Der Server liefert die Umgebung einer Nachricht ohne ihren Zustand',
      defect: { kind: 'omitField', operation: 'context', field: 'state' },
      expectFinding: 'contract-broken',
    },
    {
      title: 'Der Server hält jede Antwort auf /sync 1,5 Sekunden zurück',
      defect: { kind: 'delay', operation: 'sync', delayMs: 1_500 },
      expectFinding: 'delivery-slow',
    },
  ],
});
