import { defineScenario } from './define-scenario.ts';
import { defaultServiceLevels } from './service-levels.ts';

const pollMs = 30_000;

// Everybody is online and nobody writes: the load of long polls alone, on which any sizing stands. Half of the clients poll as
// the specification says, half with the two connections of sliding sync. Establishes that polls wait as long as they ask for,
// no longer and no shorter. What it costs the homeserver follows from its own metrics of the two endpoints.
export const idleFloor = defineScenario({
  meta: {
    id: 'load.idle-floor',
    title: 'Leerlauf: Ohne Nachrichten wartet jede Synchronisierung so lange, wie das Gerät es verlangt',
    requirements: ['LE-03'],
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
  levels: { ...defaultServiceLevels, actions: { pollOverhead: { percentile: 95, ms: 500 } } },
  scales: {
    campaign: {
      users: 200,
      rampS: 15,
      durationS: 90,
      drainS: 5,
      compression: 0,
      minimumSamples: 0,
      minimumActions: { pollOverhead: 500 },
    },
    proof: {
      users: 20,
      rampS: 3,
      durationS: 12,
      drainS: 5,
      compression: 0,
      minimumSamples: 0,
      minimumActions: { pollOverhead: 40 },
    },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    // A short run still sees three polls of each device.
    await user.goOnline({ pollMs: Math.min(pollMs, user.durationMs / 3) });
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server hält jede Antwort auf /sync 1,5 Sekunden zurück',
      defect: { kind: 'delay', operation: 'sync', delayMs: 1_500 },
      expectFinding: 'poll-overhead-slow',
    },
    {
      title: 'Der Server beantwortet /sync sofort, auch ohne Neuigkeiten',
      defect: { kind: 'answerEarly' },
      expectFinding: 'poll-early',
    },
    {
      title: 'Der Server lehnt jede zehnte Synchronisierung mit einem Fehler ab',
      defect: { kind: 'refuse', operation: 'sync', everyNth: 10 },
      expectFinding: 'requests-failed',
    },
  ],
});
