import { defineScenario } from './define-scenario.ts';
import { defaultServiceLevels } from './service-levels.ts';

// An authority at work: everybody is online all the time and writes now and then, mostly to the own team, sometimes to
// the whole section. Establishes that each message reaches every online member once, in order and within the agreed time.
// The traffic has the shape and size of encrypted messages; nobody can decrypt it.
export const officeDay = defineScenario({
  meta: {
    id: 'load.office-day',
    title: 'Bürotag: Jede Nachricht erreicht unter Last alle Mitglieder, die online sind, rechtzeitig und genau einmal',
    requirements: ['LE-01', 'LE-03'],
    needs: ['k6', 'accounts', 'mayMutate', 'mayStress'],
    timeoutMs: 300_000,
  },
  rooms: { classes: ['team', 'section'], density: 1 },
  profile: 'V2',
  levels: defaultServiceLevels,
  // 40 times V2's busiest hour is 36 messages per person and hour: 120 messages to about 1,600 recipients in a minute,
  // a quarter of what one Synapse process on one core can do.
  scales: {
    campaign: { users: 200, rampS: 15, durationS: 60, drainS: 15, compression: 40, minimumSamples: 1_000 },
    proof: { users: 20, rampS: 2, durationS: 16, drainS: 4, compression: 500, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.goOnline();
    for (const message of user.messages) {
      await user.until(message.atMs);
      user.send(message);
    }
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Der Server lässt in /sync jede zwanzigste Nachricht weg',
      defect: { kind: 'loseEvents', everyNth: 20 },
      expectFinding: 'message-lost',
    },
    {
      title: 'Der Server liefert in /sync jede zwanzigste Nachricht doppelt aus',
      defect: { kind: 'duplicateEvents', everyNth: 20 },
      expectFinding: 'message-duplicated',
    },
    {
      title: 'Der Server vertauscht aufeinanderfolgende Nachrichten derselben Person',
      defect: { kind: 'swapEvents' },
      expectFinding: 'message-out-of-order',
    },
    {
      title: 'Der Server hält jede Antwort auf /sync 1,5 Sekunden zurück',
      defect: { kind: 'delay', operation: 'sync', delayMs: 1_500 },
      expectFinding: 'delivery-slow',
    },
    {
      title: 'Der Server bestätigt das Senden erst nach 1,5 Sekunden',
      defect: { kind: 'delay', operation: 'send', delayMs: 1_500 },
      expectFinding: 'send-slow',
    },
    {
      title: 'Der Server lehnt jedes zwanzigste Senden mit einem Fehler ab',
      defect: { kind: 'refuseSends', everyNth: 20 },
      expectFinding: 'requests-failed',
    },
  ],
});
