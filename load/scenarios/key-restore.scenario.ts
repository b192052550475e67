import { defineScenario } from './define-scenario.ts';
import { keySharingServiceLevels } from './service-levels.ts';
import type { VirtualUser } from './virtual-user.ts';
import { writeMessages } from './write-messages.ts';

/** Room keys of a person; a year in 150 rooms would be some thousands. */
const sessions = 200;

async function replaceDevice(user: VirtualUser, atMs: number): Promise<void> {
  if (await user.signIn(atMs)) await user.goOnline({ atMs });
  await user.restoreKeys(atMs);
}

// A morning on which devices are replaced: everybody gets the secrets, the whole key backup and keys of the new device.
// Establishes that all of it comes back, and soon. Where the run prepared credentials the new device signs in first; else the
// present one, which has no keys yet, stands for it.
export const keyRestore = defineScenario({
  meta: {
    id: 'load.key-restore',
    title: 'Schlüsselrückholung: Ersetzte Geräte erhalten alle gesicherten Schlüssel rechtzeitig zurück',
    requirements: ['VE-17'],
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
  levels: { ...keySharingServiceLevels, actions: { restoreKeys: { percentile: 95, ms: 30_000 } } },
  scales: {
    campaign: {
      users: 200,
      rampS: 60,
      durationS: 60,
      drainS: 60,
      compression: 20,
      minimumSamples: 500,
      minimumActions: { restoreKeys: 190 },
    },
    proof: { users: 20, rampS: 6, durationS: 12, drainS: 50, compression: 400, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.backUpKeys(sessions);
    await user.goOnline();
    const atMs = (user.draw('restore') * user.durationMs) / 2;
    await Promise.all([writeMessages(user), user.until(atMs).then(() => replaceDevice(user, atMs))]);
    await user.drain();
  },
  counterexamples: [
    {
      title: 'Die Schlüsselsicherung gibt jeden zwanzigsten Schlüssel nicht zurück',
      defect: { kind: 'loseBackup', everyNth: 20 },
      expectFinding: 'backup-incomplete',
    },
    {
      title: 'Die Schlüsselsicherung antwortet erst nach 31 Sekunden',
      defect: { kind: 'delay', operation: 'restoreKeys', delayMs: 31_000 },
      expectFinding: 'restore-keys-slow',
    },
    {
      title: 'Die Schlüsselsicherung lehnt jeden zweiten Abruf mit einem Fehler ab',
      defect: { kind: 'refuse', operation: 'restoreKeys', everyNth: 2 },
      expectFinding: 'requests-failed',
    },
  ],
});
