import { defineScenario } from './define-scenario.ts';
import { defaultServiceLevels } from './service-levels.ts';
import type { VirtualUser } from './virtual-user.ts';
import { writeMessages } from './write-messages.ts';

/** One person in twenty searches, as in an incident; in a small group four. */
const everyNth = (people: number): number => Math.min(20, Math.ceil(people / 4));

/** Clients ask anew while a name is typed. */
async function search(user: VirtualUser): Promise<void> {
  const looking: Promise<void>[] = [];
  for (const atMs of user.moments('search', user.durationMs / 25)) {
    await user.until(atMs);
    looking.push(user.searchPeople(atMs), user.searchRooms(atMs), user.searchMessages(atMs), user.browseSpace(1, atMs));
  }
  await Promise.all(looking);
}

// An incident: people look for colleagues, rooms and messages while the others write. Establishes that each search is answered
// in time and that messages do not wait for it.
export const searchDirectory = defineScenario({
  meta: {
    id: 'load.search-directory',
    title: 'Suche und Verzeichnis: Jede Suche wird rechtzeitig beantwortet und verzögert keine Nachrichten',
    requirements: ['LE-01'],
    needs: ['k6', 'accounts', 'mayMutate', 'mayStress'],
    timeoutMs: 300_000,
    depth: 'full',
  },
  rooms: [
    { name: 'team', members: 10, messageShare: 0.8 },
    { name: 'unit', members: 25, messageShare: 0.2 },
  ],
  profile: 'V2',
  slidingShare: 0.5,
  levels: {
    ...defaultServiceLevels,
    actions: {
      searchPeople: { percentile: 95, ms: 1_000 },
      searchRooms: { percentile: 95, ms: 1_000 },
      searchMessages: { percentile: 95, ms: 1_000 },
      browseSpace: { percentile: 95, ms: 1_000 },
    },
  },
  scales: {
    campaign: {
      users: 200,
      rampS: 15,
      durationS: 60,
      drainS: 15,
      compression: 20,
      minimumSamples: 500,
      minimumActions: { searchPeople: 100, searchRooms: 100, searchMessages: 100, browseSpace: 100 },
    },
    proof: { users: 20, rampS: 2, durationS: 14, drainS: 4, compression: 400, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.goOnline();
    const searching = user.index % everyNth(user.people) === 0 ? search(user) : undefined;
    await writeMessages(user);
    await searching;
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server braucht 1,5 Sekunden für jede Suche nach Personen',
      defect: { kind: 'delay', operation: 'userDirectory', delayMs: 1_500 },
      expectFinding: 'search-people-slow',
    },
    {
      title: 'Der Server lehnt jede dritte Suche nach Räumen mit einem Fehler ab',
      defect: { kind: 'refuse', operation: 'publicRooms', everyNth: 3 },
      expectFinding: 'requests-failed',
    },
    {
      title: 'Der Server lässt in /sync jede zwanzigste Nachricht weg',
      defect: { kind: 'loseEvents', everyNth: 20 },
      expectFinding: 'message-lost',
    },
  ],
});
