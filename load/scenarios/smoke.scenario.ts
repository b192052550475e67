import { defineScenario } from './define-scenario.ts';
import { defaultServiceLevels } from './service-levels.ts';

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
  levels: {
    ...defaultServiceLevels,
    actions: {
      goOnline: { percentile: 95, ms: 8_000 },
      openRoom: { percentile: 95, ms: 2_000 },
      rotateKeys: { percentile: 95, ms: 10_000 },
      keyDelivery: { percentile: 95, ms: 10_000 },
      restoreKeys: { percentile: 95, ms: 30_000 },
    },
  },
  scales: {
    campaign: { users: 20, rampS: 8, durationS: 30, drainS: 8, compression: 250, minimumSamples: 300 },
    proof: { users: 20, rampS: 4, durationS: 14, drainS: 5, compression: 400, minimumSamples: 100 },
  },
  async live(user) {
    await user.until(user.arrivalMs);
    await user.signIn();
    await user.setUpKeys();
    await user.goOnline();
    await user.setPresence('online');
    await user.until(0);
    const writing = (async () => {
      for (const [place, message] of user.messages.entries()) {
        await user.until(message.atMs);
        if (place === 0) user.attach(message, 20_000);
        else user.send(message);
      }
    })();
    const step = user.durationMs / 14;
    // One after another, so that each is alone in what it waits for; spread so that not everybody does the same.
    const at = (number: number) => step * (((number + user.index) % 10) + 1);
    await Promise.all([
      writing,
      user.until(at(0)).then(() => user.openRoom(0)),
      user.until(at(1)).then(() => user.read(0)),
      user.until(at(2)).then(() => user.type(0, 1_000)),
      user.until(at(3)).then(() => user.react(0)),
      user.until(at(4)).then(() => user.searchPeople()),
      user.until(at(4)).then(() => user.searchRooms()),
      user.until(at(5)).then(() => user.searchMessages()),
      user.until(at(5)).then(() => user.browseSpace(1)),
      user.until(at(6)).then(() => user.scrollBack(1, 40)),
      user.until(at(6)).then(() => user.openThread(1)),
      user.until(at(7)).then(() => user.rotateKeys(1)),
      user.until(at(8)).then(() => user.viewProfile()),
      user.until(at(9)).then(() => user.backUpKeys(120)),
    ]);
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
