import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice, StoredEntry } from '../../lib/crypto-device.ts';
import { type FoundSecret, secretsIn } from '../../lib/stored-secrets.ts';
import type { EncryptionFlow } from '../context.ts';
import { browserSideOf, meetWithBrowser } from './browser-meeting.ts';

/** A device that only shows the login again. */
const notTidying = (): Partial<CryptoDevice> => ({ signOut: async () => {} });

/** A device that puts its token aside, to be logged in again at once. */
const keepingToken = (device: CryptoDevice): Partial<CryptoDevice> => ({
  signOut: async () => {
    const secrets = (await device.browser?.secrets()) ?? [];
    await device.signOut();
    for (const { value } of secrets) await device.browser?.keepOpenly('remembered', value);
  },
});

/** Whoever sits down at the computer next finds nothing: no key, no token and no record of any kind. */
export const signOutStorage: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.sign-out-storage',
    title: 'Nach dem Abmelden liegt im Browser kein Schlüssel mehr, weder in IndexedDB noch in localStorage.',
    requirements: ['VE-23'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice meldet sich ab, ohne seine Datenbanken zu löschen.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: notTidying },
      expectFinding: 'records-left',
    },
    {
      title: 'Das Gerät von alice hebt beim Abmelden einen Schlüssel auf.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: keepingToken },
      expectFinding: 'secret-left',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetWithBrowser(context);
    const eventId = await bob.sendText(roomId, `Vertraulich ${context.random.word(12)}`);
    await alice.waitForMessage(roomId, eventId);
    const secrets = await browserSideOf(alice).secrets();
    const { storage } = browserSideOf(alice);
    const before = await storage();
    const kept = secretsIn(before, secrets);
    if (!kept.some(({ what }) => what === 'Raumschlüssel')) {
      return inconclusive('void: Die Suche fand vor dem Abmelden keinen Raumschlüssel; sie beweist nichts.');
    }
    await alice.signOut();
    const after = await storage();
    return outcomeOf(
      [...secretsIn(after, secrets).map(secretLeft), ...recordsLeft(after)],
      `Vorher ${before.length} Einträge, darin ${kept.length} Fundstellen von Schlüsseln; nachher keine Einträge.`,
    );
  },
};

const secretLeft = ({ what, place }: FoundSecret): Finding => ({
  code: 'secret-left',
  title: 'Nach dem Abmelden liegt im Browser noch ein Schlüssel.',
  expected: 'Das Abmelden löscht alle Schlüssel.',
  observed: `${what} vorhanden.`,
  where: placeOf(place),
});

function recordsLeft(entries: readonly StoredEntry[]): readonly Finding[] {
  const byPlace = Map.groupBy(entries, ({ place }) => placeOf(place));
  return [...byPlace].map(([where, left]) => ({
    code: 'records-left',
    title: 'Nach dem Abmelden liegen im Browser noch Daten des Geräts.',
    expected: 'Das Abmelden löscht, was das Gerät abgelegt hat.',
    observed: `${left.length} Einträge vorhanden.`,
    where,
  }));
}

/** The same in every run: without the id of the device. */
const placeOf = (place: string) => place.replace(/pruefstand \w+/, 'pruefstand');
